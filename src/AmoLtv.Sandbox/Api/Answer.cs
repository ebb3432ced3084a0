using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AmoLtv.Sandbox.Api;

/// <summary>A whole answer, made under the state's gate and sent after it.</summary>
internal sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Answer NoContent { get; } = new(204, null, default);

    /// <summary>Extra header of the answer: <c>Location</c> of a redirect.</summary>
    public string? Location { get; init; }

    public static Answer Hal(Action<Utf8JsonWriter> write, int status = 200) => Json(status, "application/hal+json", write);

    public static Answer Plain(Action<Utf8JsonWriter> write, int status = 200) => Json(status, "application/json", write);

    public static Answer Html(int status, string html) => new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));

    public static Answer Redirect(string location) => new(302, null, default) { Location = location };

    public static Answer Json(int status, string contentType, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(writer);
        }

        return new Answer(status, contentType, buffer.WrittenMemory);
    }
}
