using System.Text;

namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Reads CSV as RFC 4180 has it, written apart from what writes it.</summary>
internal static class CsvRows
{
    public static List<string[]> Read(string text, char separator)
    {
        var (rows, row, cell, isQuoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\n' when !isQuoted:
                    row.Add(cell.ToString());
                    rows.Add([.. row]);
                    row.Clear();
                    cell.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case var c when c == separator && !isQuoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        return rows;
    }
}
