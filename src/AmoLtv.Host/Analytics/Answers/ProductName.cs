namespace AmoLtv.Host.Analytics.Answers;

/// <summary>What a product is called.</summary>
/// <param name="Name">Empty where the CRM has not told it yet.</param>
/// <param name="IsGone">Whether its list no longer has it.</param>
internal sealed record ProductName(string Name, bool IsGone);
