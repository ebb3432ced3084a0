using System.Text.Json;

namespace AmoLtv.Host.WritingBack;

/// <summary>What enabling would do with one number.</summary>
/// <param name="Entity"><c>company</c>, <c>contact</c> or <c>lead</c>.</param>
/// <param name="Output">The number.</param>
/// <param name="Name">Name of the field, found or to be made.</param>
/// <param name="Type"><c>numeric</c>, <c>text</c>, <c>date</c> or <c>dateTime</c>.</param>
/// <param name="Field">Number of the field that was found; null where it would be made.</param>
/// <param name="IsKnown">Whether it is written already.</param>
public sealed record WriteBackChoice(string Entity, string Output, string Name, string Type, long? Field, bool IsKnown)
{
    public static WriteBackChoice Of(FieldChoice choice) => new(
        CardWords.One(choice.Entity),
        choice.Output.Output,
        choice.Name,
        JsonNamingPolicy.CamelCase.ConvertName(choice.Output.Type.ToString()),
        choice.Found?.Id.Value,
        choice.IsKnown);
}
