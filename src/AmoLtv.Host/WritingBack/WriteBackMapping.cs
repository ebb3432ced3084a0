namespace AmoLtv.Host.WritingBack;

/// <summary>A number that shall go into a field the account already has.</summary>
/// <param name="Entity"><c>company</c>, <c>contact</c> or <c>lead</c>.</param>
/// <param name="Output">Name of the number.</param>
/// <param name="Field">Number of the field.</param>
/// <param name="Seen">As <see cref="WriteBackDocument.Seen"/> was.</param>
public sealed record WriteBackMapping(string Entity, string Output, long Field, string? Seen);
