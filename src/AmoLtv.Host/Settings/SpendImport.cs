using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Settings;

/// <summary>What importing a sheet would do to what is entered. Pure.</summary>
/// <param name="Changes">Cells that would be other than now, in the order of the file; then those that would be taken out.</param>
/// <param name="Same">Lines that say what is entered already.</param>
/// <param name="Errors">Lines that cannot be used: with any of them nothing is imported.</param>
public sealed record SpendImport(IReadOnlyList<SpendLine> Changes, int Same, IReadOnlyList<SpendLineError> Errors)
{
    /// <param name="sheet">The file.</param>
    /// <param name="entered">What is entered now.</param>
    /// <param name="replacesAll">Whether what the file does not name is taken out.</param>
    public static SpendImport Of(SpendSheet sheet, IReadOnlyCollection<ChannelSpend> entered, bool replacesAll)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var known = entered.ToDictionary(row => (row.Channel, row.Month), row => row.Amount);
        var spellings = SpellingsOf(entered);
        var lines = sheet.Rows.Select(row =>
        {
            var channel = spellings.GetValueOrDefault(row.Spend.Channel, row.Spend.Channel);
            return new SpendLine(row.Line, channel, row.Spend.Month, Known(known, channel, row.Spend.Month), row.Spend.Amount);
        }).ToList();
        var named = lines.Select(line => (line.Channel, line.Month)).ToHashSet();
        var removed = replacesAll
            ? entered.Where(row => !named.Contains((row.Channel, row.Month))).Select(row => new SpendLine(0, row.Channel, row.Month, row.Amount, null))
            : [];
        return new SpendImport(
            [.. lines.Where(line => line.Before != line.After), .. removed],
            lines.Count(line => line.Before == line.After),
            sheet.Errors);
    }

    /// <summary>Channels as they are spelled already, whatever the letters' case.</summary>
    public static IReadOnlyDictionary<string, string> SpellingsOf(IEnumerable<ChannelSpend> entered) => entered
        .Select(row => row.Channel)
        .DistinctBy(channel => channel.ToUpperInvariant())
        .ToDictionary(channel => channel, StringComparer.OrdinalIgnoreCase);

    private static decimal? Known(Dictionary<(string, DateOnly), decimal> known, string channel, DateOnly month) =>
        known.TryGetValue((channel, month), out var amount) ? amount : null;
}
