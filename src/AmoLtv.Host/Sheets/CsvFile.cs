using System.Text;

namespace AmoLtv.Host.Sheets;

/// <summary>A list as a CSV file: UTF-8 with a byte order mark, written row by row, so that memory does not grow with it.</summary>
internal sealed class CsvFile<T> : IResult
{
    private const int FlushEvery = 500;

    private readonly string _name;
    private readonly IReadOnlyList<CsvColumn<T>> _columns;
    private readonly CsvLanguage _language;
    private readonly IAsyncEnumerator<T> _rows;

    private CsvFile(string name, IReadOnlyList<CsvColumn<T>> columns, CsvLanguage language, IAsyncEnumerator<T> rows) =>
        (_name, _columns, _language, _rows) = (name, columns, language, rows);

    /// <summary>Reads the first row, so that what is wrong with the request is told before anything is sent.</summary>
    public static async Task<CsvFile<T>> BeginAsync(
        string name, IReadOnlyList<CsvColumn<T>> columns, string? language, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var reading = rows.GetAsyncEnumerator(cancellationToken);
        var file = new CsvFile<T>(name, columns, CsvLanguage.Of(language), reading);
        try
        {
            file.HasRow = await reading.MoveNextAsync();
            return file;
        }
        catch
        {
            await reading.DisposeAsync();
            throw;
        }
    }

    private bool HasRow { get; set; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        await using var reading = _rows;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{_name}.csv\"";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 1 << 16);
        await WriteAsync(writer, _columns.Select(column => CsvCell.Text(_language.Word(column.Russian, column.English), _language)));
        for (var written = 1; HasRow; HasRow = await reading.MoveNextAsync(), written++)
        {
            await WriteAsync(writer, _columns.Select(column => column.Cell(reading.Current, _language)));
            if (written % FlushEvery == 0)
            {
                await writer.FlushAsync(httpContext.RequestAborted);
            }
        }

        await writer.FlushAsync(httpContext.RequestAborted);
    }

    private Task WriteAsync(StreamWriter writer, IEnumerable<string> cells) => writer.WriteAsync(string.Join(_language.Separator, cells) + "\r\n");
}
