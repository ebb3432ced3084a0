namespace AmoLtv.Host.Settings;

/// <summary>A lead that a person took out of the numbers, as the page lists it.</summary>
/// <param name="Id">Number of the exclusion.</param>
/// <param name="Lead">Number of the lead.</param>
/// <param name="Company">Its company; null without one.</param>
/// <param name="CompanyName">Name of it.</param>
/// <param name="Contact">Its main contact.</param>
/// <param name="Amount">What the lead counted with, or would; null where it has no amount.</param>
/// <param name="Day">Its day of purchase, where it has one.</param>
/// <param name="Comment">Why.</param>
/// <param name="By">Who: number of a user, or other words for the command line.</param>
/// <param name="At">When.</param>
/// <param name="RevokedBy">Who took it back; null while it is in force.</param>
/// <param name="RevokedAt">When.</param>
public sealed record ExcludedLead(
    long Id, long Lead, long? Company, string? CompanyName, long? Contact, decimal? Amount, DateOnly? Day,
    string Comment, string By, DateTimeOffset At, string? RevokedBy, DateTimeOffset? RevokedAt);
