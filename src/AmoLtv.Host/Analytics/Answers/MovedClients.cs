namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Clients that went from one segment to another.</summary>
/// <param name="Segmentation">tier, rfm or lifecycle.</param>
/// <param name="From">Empty: was no client before.</param>
/// <param name="To">Empty: is no client any more.</param>
/// <param name="Clients">How many.</param>
/// <param name="Value">Their headlines together, in the account's currency.</param>
internal sealed record MovedClients(string Segmentation, string From, string To, int Clients, decimal Value);
