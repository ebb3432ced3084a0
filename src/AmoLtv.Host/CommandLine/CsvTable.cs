using System.Text;
using CsvHelper;

namespace AmoLtv.Host.CommandLine;

/// <summary>
/// Reads a CSV file with a header, columns in any order, commas, semicolons or tabs between them. Whatever cannot be
/// read is an error that names the file, the line and what is wrong; nothing of such a file is used.
/// </summary>
public static class CsvTable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        TrackLineNumbers = true,
    };

    /// <param name="path">The file, UTF-8.</param>
    /// <param name="columns">Columns it must have.</param>
    /// <param name="read">Makes a row of its values, in the order of <paramref name="columns"/>; throws <see cref="FormatException"/> with what is wrong.</param>
    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    public static IReadOnlyList<T> Read<T>(string path, string[] columns, Func<CsvValues, T> read)
    {
        try
        {
            using var reader = CsvReader.FromText(File.ReadAllText(path, Utf8), Options);
            return Read(path, reader, columns, read);
        }
        catch (CsvFormatException wrong)
        {
            throw Wrong(path, wrong.LineNumber, wrong.Message);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFailedException($"{path} is not UTF-8 text: save it as CSV UTF-8.");
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{path} cannot be read: {missing.Message}");
        }
    }

    private static List<T> Read<T>(string path, CsvReader reader, string[] columns, Func<CsvValues, T> read)
    {
        reader.ReadHeader();
        var positions = Array.ConvertAll(columns, column => reader.TryGetFieldIndex(column, out var position)
            ? position
            : throw Wrong(path, 1, $"the header has no column '{column}'; needed are {string.Join(", ", columns)}"));
        var rows = new List<T>();
        while (reader.Read())
        {
            try
            {
                rows.Add(read(new CsvValues(columns, Array.ConvertAll(positions, position => reader.GetString(position).Trim()))));
            }
            catch (FormatException wrong)
            {
                throw Wrong(path, reader.LineNumber, wrong.Message);
            }
        }

        return rows;
    }

    private static CommandFailedException Wrong(string path, long line, string problem) => new($"{path}, line {line}: {problem.TrimEnd('.')}.");
}
