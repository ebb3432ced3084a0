using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.CommandLine;
using CsvHelper;

namespace AmoLtv.Host.Settings;

/// <summary>
/// A CSV text of what channels cost, read to its end: what can be read, and what is wrong with the other lines. Columns are named
/// in English or Russian, separated by commas, semicolons or tabs. Pure.
/// </summary>
public sealed class SpendSheet
{
    /// <summary>A table of more cells was not entered by people.</summary>
    public const int MostRows = 20_000;

    private const int LongestChannel = 200;
    private const int MostErrors = 100;

    private static readonly string[] Columns = ["channel", "month", "amount"];
    private static readonly string[][] Names = [["channel", "канал"], ["month", "месяц"], ["amount", "сумма", "spend", "расход"]];

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        TrackLineNumbers = true,
    };

    private readonly HashSet<(string Channel, DateOnly Month)> _seen = [];
    private readonly List<(long Line, ChannelSpend Spend)> _rows = [];
    private readonly List<SpendLineError> _errors = [];

    private SpendSheet()
    {
    }

    public IReadOnlyList<(long Line, ChannelSpend Spend)> Rows => _rows;

    /// <summary>At most a hundred: nobody reads more.</summary>
    public IReadOnlyList<SpendLineError> Errors => _errors;

    /// <summary>Reads a text; it throws nothing, whatever the text.</summary>
    public static SpendSheet Read(string text)
    {
        var sheet = new SpendSheet();
        try
        {
            using var reader = CsvReader.FromText(text.TrimStart('\uFEFF'), Options);
            sheet.Read(reader);
        }
        catch (CsvFormatException wrong)
        {
            sheet.Fail(wrong.LineNumber, "malformed", wrong.Message);
        }

        if (sheet._rows.Count == 0 && sheet._errors.Count == 0)
        {
            sheet.Fail(1, "empty", "there is no line below the header");
        }

        return sheet;
    }

    private void Read(CsvReader reader)
    {
        reader.ReadHeader();
        if (Positions(reader) is not { } positions)
        {
            return;
        }

        while (_errors.Count < MostErrors && reader.Read())
        {
            if (_rows.Count == MostRows)
            {
                Fail(reader.LineNumber, "tooMany", $"a file has at most {MostRows} lines");
                return;
            }

            Add(reader.LineNumber, new CsvValues(Columns, Array.ConvertAll(positions, position => reader.GetString(position).Trim())));
        }
    }

    private int[]? Positions(CsvReader reader)
    {
        var positions = new int[Columns.Length];
        for (var column = 0; column < Columns.Length; column++)
        {
            positions[column] = -1;
            foreach (var spelling in Names[column].SelectMany(Spellings))
            {
                if (reader.TryGetFieldIndex(spelling, out var position))
                {
                    positions[column] = position;
                    break;
                }
            }

            if (positions[column] < 0)
            {
                Fail(1, "column", $"the header has no column '{Columns[column]}'; needed are {string.Join(", ", Columns)}");
            }
        }

        return _errors.Count > 0 ? null : positions;
    }

    private static IEnumerable<string> Spellings(string name) => [name, char.ToUpperInvariant(name[0]) + name[1..], name.ToUpperInvariant()];

    private void Add(long line, CsvValues values)
    {
        var code = "channel";
        try
        {
            var channel = ChannelOf(values.Text(0));
            code = "month";
            var month = values.Month(1);
            code = "amount";
            var amount = FieldText.Money(values.Number(2)) is { } money and >= 0
                ? money
                : throw new FormatException("amount is below 0 or too large to be meant");
            code = "twice";
            _rows.Add(_seen.Add((channel.ToUpperInvariant(), month))
                ? (line, new ChannelSpend(channel, month, amount))
                : throw new FormatException($"channel '{channel}' has this month twice"));
        }
        catch (FormatException wrong)
        {
            Fail(line, code, wrong.Message);
        }
    }

    /// <summary>What an export has made harmless for a spreadsheet is what it was.</summary>
    internal static string ChannelOf(string text)
    {
        var channel = text is ['\'', '=' or '+' or '-' or '@' or '\t', ..] ? text[1..].Trim() : text.Trim();
        return channel.Length is > 0 and <= LongestChannel && !channel.Any(char.IsControl)
            ? channel
            : throw new FormatException($"channel has to be 1 to {LongestChannel} characters without control characters");
    }

    private void Fail(long line, string code, string words) => _errors.Add(new SpendLineError(line, code, words));
}
