using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Edits;
using AmoLtv.Sandbox.Generation;

namespace AmoLtv.Sandbox.Control;

/// <summary>Random edits by users, each one by itself between the requests of others.</summary>
internal static class EditControl
{
    private const int Highest = 100_000;

    /// <summary>
    /// <c>{"seed":7,"count":20,"kinds":["win","move"],"spreadMs":500,"tellsAbsorbed":true,"touchesLinked":false}</c>; without
    /// kinds, all of them. <c>spreadMs</c>: real milliseconds over which the edits are spread; the answer comes after the last one.
    /// </summary>
    public static async Task<Answer> MakeAsync(ControlCall call)
    {
        var kinds = call.Property("kinds") is { ValueKind: JsonValueKind.Array } words ? [.. words.EnumerateArray().Select(word => word.ToString())] : RandomEdits.Kinds;
        var count = call.Int("count") ?? 1;
        if (kinds.Count == 0 || kinds.Any(kind => !RandomEdits.Kinds.Contains(kind, StringComparer.Ordinal)) || count is < 0 or > Highest)
        {
            return Problem.BadRequest($"Edits have a count up to {Highest} and kinds: {string.Join(", ", RandomEdits.Kinds)}.");
        }

        var random = new SeededRandom((ulong)(call.Long("seed") ?? 1));
        var edits = new RandomEdits(call.Sandbox.State, random, new Merging(call.Flag("tellsAbsorbed") ?? true, call.Flag("touchesLinked") ?? false));
        var made = new List<MadeEdit>();
        var pause = (call.Int("spreadMs") ?? 0) / Math.Max(1, count);
        for (var number = 0; number < count; number++)
        {
            if (call.Sandbox.Locked(() => edits.Make(random.Pick(kinds))) is { } edit)
            {
                made.Add(edit);
            }

            if (pause > 0)
            {
                await Task.Delay(pause, call.Http.RequestAborted);
            }
        }

        return Answer.Plain(json => Write(json, made, count - made.Count));
    }

    private static void Write(Utf8JsonWriter json, List<MadeEdit> made, int skipped)
    {
        json.WriteStartObject();
        json.WriteNumber("skipped", skipped);
        json.WriteStartArray("edits");
        foreach (var edit in made)
        {
            json.WriteStartObject();
            json.WriteString("kind", edit.Kind);
            json.WriteString("entity", State.EntityKinds.Plural(edit.Entity));
            json.WriteNumber("id", edit.Id);
            json.WriteStartArray("others");
            foreach (var other in edit.Others)
            {
                json.WriteNumberValue(other);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
