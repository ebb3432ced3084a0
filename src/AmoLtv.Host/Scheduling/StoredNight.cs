namespace AmoLtv.Host.Scheduling;

/// <summary>A night as the store holds it.</summary>
/// <param name="At">The moment it was set for.</param>
/// <param name="Group">Its lane, see <see cref="RunGroup"/>.</param>
/// <param name="IsGivenUp">Whether the store stopped it because its job could not be made; it never starts again by itself.</param>
public sealed record StoredNight(DateTimeOffset At, string? Group, bool IsGivenUp);
