using AmoLtv.Core.Purchases;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>Leads that a draft of settings is tried on.</summary>
/// <param name="Leads">All of the account, or those of whole customers taken by chance.</param>
/// <param name="Total">How many the account has.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record LeadSample(IReadOnlyList<Lead> Leads, long Total, bool IsWhole);
