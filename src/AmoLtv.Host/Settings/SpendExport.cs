using System.Globalization;
using System.Text;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Settings;

/// <summary>What channels cost as CSV that a spreadsheet opens and an import takes again; no cell of it is a formula. Pure.</summary>
public static class SpendExport
{
    /// <param name="spend">The rows.</param>
    /// <param name="isEnglish">Commas and English columns; else as a Russian spreadsheet expects it.</param>
    public static string Write(IEnumerable<ChannelSpend> spend, bool isEnglish)
    {
        var separator = isEnglish ? ',' : ';';
        var text = new StringBuilder(isEnglish ? "channel,month,amount\r\n" : "канал;месяц;сумма\r\n");
        foreach (var row in spend)
        {
            var amount = row.Amount.ToString("0.00", CultureInfo.InvariantCulture);
            text.Append(Cell(row.Channel)).Append(separator)
                .Append(row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Append(separator)
                .Append(isEnglish ? amount : amount.Replace('.', ',')).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Cell(string text)
    {
        var harmless = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
