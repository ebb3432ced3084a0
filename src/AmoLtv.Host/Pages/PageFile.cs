using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AmoLtv.Host.Pages;

/// <summary>One file of the pages as it goes out: plain and compressed, each made once.</summary>
/// <param name="ETag">Of the content; of what is compressed another one is told.</param>
public sealed record PageFile(string ContentType, string ETag, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
{
    /// <summary>Smaller ones gain nothing.</summary>
    private const int LeastCompressed = 512;
    private const int TagBytes = 12;

    public static PageFile Of(string contentType, byte[] content)
    {
        var isText = content.Length >= LeastCompressed && !contentType.StartsWith("image/png", StringComparison.Ordinal) && !contentType.StartsWith("font/", StringComparison.Ordinal);
        return new PageFile(
            contentType,
            Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes)),
            content,
            isText ? Compress(content, target => new BrotliStream(target, CompressionLevel.SmallestSize)) : null,
            isText ? Compress(content, target => new GZipStream(target, CompressionLevel.SmallestSize)) : null);
    }

    /// <summary>Sends the smallest form that the browser takes, or nothing where it has the file already.</summary>
    public async Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var (content, encoding) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        var tag = $"\"{ETag}{(encoding is null ? "" : "-" + encoding)}\"";
        response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = content.Length;
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    private (byte[] Content, string? Encoding) Choose(string accepted) =>
        Brotli is not null && Takes(accepted, "br") ? (Brotli, "br")
        : Gzip is not null && Takes(accepted, "gzip") ? (Gzip, "gzip")
        : (Plain, null);

    private static bool Takes(string accepted, string encoding) => accepted.Split(',', StringSplitOptions.TrimEntries).Any(part =>
        part.Split(';', StringSplitOptions.TrimEntries) is [var name, .. var quality]
        && string.Equals(name, encoding, StringComparison.OrdinalIgnoreCase)
        && !quality.Contains("q=0", StringComparer.OrdinalIgnoreCase));

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compression)
    {
        using var target = new MemoryStream();
        using (var stream = compression(target))
        {
            stream.Write(content);
        }

        return target.ToArray();
    }
}
