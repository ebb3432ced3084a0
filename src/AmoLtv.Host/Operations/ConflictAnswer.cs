namespace AmoLtv.Host.Operations;

/// <summary>A field of a card that something else writes too.</summary>
/// <param name="Card">company, contact or lead.</param>
/// <param name="Seen">How many runs in a row found something else there.</param>
/// <param name="Ours">What the service would write.</param>
/// <param name="Theirs">What stood there instead.</param>
/// <param name="StoppedAt">Since when the field is left alone; null while it is still written.</param>
public sealed record ConflictAnswer(
    string Card, long Id, string? CardName, long Field, string? FieldName, string? FieldType, int Seen, string? Ours, string? Theirs, DateTime SeenAt,
    DateTime? StoppedAt);
