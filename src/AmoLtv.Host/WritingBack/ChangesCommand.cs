using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back changes</c> and <c>conflicts</c>: what a run wrote or would write, before and after, field by field.</summary>
internal static class ChangesCommand
{
    public static Option<int> CreateLimit() => new("--limit")
    {
        Description = "How many changes are printed, 1 to 100000.",
        DefaultValueFactory = _ => 200,
    };

    public static Command Create(Option<long?> account)
    {
        var run = new Option<long>("--run") { Description = "Number of the run.", Required = true };
        var limit = CreateLimit();
        var json = new Option<bool>("--json") { Description = "Prints the changes as one line of JSON." };
        var command = new Command("changes", "Shows what a run wrote, would have written or left alone, before and after.") { run, limit, json };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            (services, id, token) => parsed.GetValue(json)
                ? WriteJsonAsync(services, id, new RunId(parsed.GetValue(run)), Limit(parsed.GetValue(limit)), token)
                : ShowAsync(services, id, new RunId(parsed.GetValue(run)), parsed.GetValue(limit), token),
            cancellationToken));
        return command;
    }

    public static Command CreateConflicts(Option<long?> account)
    {
        var command = new Command("conflicts", "Lists fields of cards that something else writes too and that are left alone.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var stopped = await services.GetRequiredService<ConflictStore>().ListStoppedAsync(id, token);
                foreach (var (entity, card, field) in stopped.Order())
                {
                    await Console.Out.WriteLineAsync($"{CardWords.One(entity)} {card}, field {field}");
                }

                await Console.Out.WriteLineAsync($"{stopped.Count} fields of cards are left alone; amoltv write-back --account {id} --enable writes them again.");
            },
            cancellationToken));
        return command;
    }

    /// <summary>One line a change.</summary>
    public static async Task ShowAsync(IServiceProvider services, AccountId account, RunId run, int limit, CancellationToken cancellationToken)
    {
        var (fields, total) = await services.GetRequiredService<WrittenFieldStore>().ListAsync(account, run, Limit(limit), cancellationToken);
        foreach (var field in fields)
        {
            var reason = field.Error is null ? "" : $" {field.Error}";
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{CardWords.One(field.Entity)} {field.EntityId}{(field.CardName is { } name ? $" '{name}'" : "")}, {field.FieldName ?? $"field {field.FieldId}"}: "
                + $"{field.Before ?? "nothing"} -> {field.After ?? "nothing"} ({field.Status}).{reason}"));
        }

        await Console.Out.WriteLineAsync($"{fields.Count} of {total} fields of run {run} of account {account}.");
    }

    private static async Task WriteJsonAsync(IServiceProvider services, AccountId account, RunId run, int limit, CancellationToken cancellationToken)
    {
        var (fields, total) = await services.GetRequiredService<WrittenFieldStore>().ListAsync(account, run, limit, cancellationToken);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
            new
            {
                account = account.Value,
                run = run.Value,
                total,
                changes = fields.Select(field => new
                {
                    entity = CardWords.One(field.Entity),
                    id = field.EntityId,
                    field = field.FieldId,
                    name = field.FieldName,
                    before = field.Before,
                    after = field.After,
                    status = field.Status,
                    reason = field.Error,
                }),
            },
            JsonSerializerOptions.Web));
    }

    private static int Limit(int asked) => asked is >= 1 and <= 100_000
        ? asked
        : throw new CommandFailedException($"--limit {asked} is not allowed; 1 to 100000.");
}
