namespace AmoLtv.Host.Syncing;

/// <summary>What storing cards did.</summary>
/// <param name="LeftCompanies">Companies that stored leads or contacts belonged to before and no longer do.</param>
/// <param name="LeftContacts">Contacts that were main contacts of stored leads before and no longer are.</param>
internal sealed record StoredCards(ScanCounts Counts, IReadOnlyList<long> LeftCompanies, IReadOnlyList<long> LeftContacts);
