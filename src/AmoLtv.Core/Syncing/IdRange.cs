namespace AmoLtv.Core.Syncing;

/// <summary>Ids above <paramref name="After"/> up to and with <paramref name="To"/>.</summary>
public readonly record struct IdRange(long After, long To);
