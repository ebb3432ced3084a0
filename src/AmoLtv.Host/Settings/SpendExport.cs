using System.Globalization;
using System.Text;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Sheets;

namespace AmoLtv.Host.Settings;

/// <summary>What channels cost as CSV that a spreadsheet opens and an import takes again; no cell of it is a formula. Pure.</summary>
public static class SpendExport
{
    /// <param name="spend">The rows.</param>
    /// <param name="isEnglish">Commas and English columns; else as a Russian spreadsheet expects it.</param>
    public static string Write(IEnumerable<ChannelSpend> spend, bool isEnglish)
    {
        var language = CsvLanguage.Of(isEnglish ? "en" : "ru");
        var text = new StringBuilder(isEnglish ? "channel,month,amount\r\n" : "канал;месяц;сумма\r\n");
        foreach (var row in spend)
        {
            text.Append(CsvCell.Text(row.Channel, language)).Append(language.Separator)
                .Append(row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Append(language.Separator)
                .Append(CsvCell.Of(decimal.Round(row.Amount, 2) + 0.00m, language)).Append("\r\n");
        }

        return text.ToString();
    }
}
