using System.Globalization;

namespace AmoLtv.Host.WritingBack;

/// <summary>What of the write-back a trace keeps.</summary>
/// <param name="Fields">Numbers that are chosen, as <c>company.ltv → 123</c>.</param>
/// <param name="CardsPerMinute">The rate; null: as fast as the CRM permits.</param>
/// <param name="MinutesARun">How long a run may write at that rate.</param>
/// <param name="Language">Of the texts; null: the brand's.</param>
internal sealed record WriteBackTrace(IReadOnlyList<string> Fields, int? CardsPerMinute, int MinutesARun, string? Language)
{
    public static WriteBackTrace Of(WriteBackDocument document) => new(
        [.. document.Outputs.Where(output => output.IsOn || output.OffReason == OutputFieldStore.Reading).Select(output => string.Create(CultureInfo.InvariantCulture, $"{output.Entity}.{output.Output} → {output.Field}"))],
        document.CardsPerMinute,
        document.MinutesARun,
        document.Language);
}
