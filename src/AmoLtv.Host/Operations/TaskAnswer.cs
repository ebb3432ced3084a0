namespace AmoLtv.Host.Operations;

/// <summary>A task for a responsible user.</summary>
/// <param name="Kind">slipping, tierUp or tierDown.</param>
/// <param name="Client">company or contact.</param>
/// <param name="Name">Of a company; null for contacts, whose names are not stored.</param>
/// <param name="Status">waiting, created, completed, gone, failed or dropped.</param>
/// <param name="Result">What the user wrote when completing it.</param>
/// <param name="BoughtOn">The client's last purchase, where it came after the reason was found.</param>
/// <param name="Error">Why the CRM refused it.</param>
public sealed record TaskAnswer(
    string Kind, string Client, long Id, string? Name, string From, string To, decimal Value, string Status, long? Responsible, DateTime FoundAt,
    DateTime? SentAt, DateTime? CompletedAt, string? Result, DateOnly? BoughtOn, string? Error);
