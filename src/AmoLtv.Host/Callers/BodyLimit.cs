using Microsoft.AspNetCore.Http.Metadata;

namespace AmoLtv.Host.Callers;

/// <summary>How large the body of a request may be: it is read before anybody looks who asks.</summary>
/// <param name="MaxRequestBodySize">Bytes.</param>
public sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata
{
    /// <summary>For whatever names no other: a remark, a choice, a list of users.</summary>
    public static BodyLimit Small { get; } = new(64 * 1024);

    /// <summary>The most that any request of the service may carry: a file of spend in the settings.</summary>
    public static BodyLimit Large { get; } = new(8 * 1024 * 1024);
}
