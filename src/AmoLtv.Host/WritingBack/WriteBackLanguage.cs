namespace AmoLtv.Host.WritingBack;

/// <summary>Language of the texts that go into the CRM.</summary>
/// <param name="Language"><c>ru</c>, <c>en</c>, or null for the brand's.</param>
/// <param name="Seen">As <see cref="WriteBackDocument.Seen"/> was.</param>
public sealed record WriteBackLanguage(string? Language, string? Seen);
