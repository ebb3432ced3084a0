namespace AmoLtv.Host.WritingBack;

/// <summary>How fast is written.</summary>
/// <param name="CardsPerMinute">1 to 10,000; null: as fast as the CRM permits.</param>
/// <param name="MinutesARun">1 to 1440; null: as before.</param>
/// <param name="Seen">As <see cref="WriteBackDocument.Seen"/> was.</param>
public sealed record WriteBackRate(int? CardsPerMinute, int? MinutesARun, string? Seen);
