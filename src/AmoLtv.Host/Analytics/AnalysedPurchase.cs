using System.Runtime.InteropServices;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Analytics;

/// <summary>A purchase or credit note of a client: small, since a base may have a million of them.</summary>
/// <param name="Client">Its place among the clients.</param>
/// <param name="Lead">The lead it was.</param>
/// <param name="Day">Local day.</param>
/// <param name="Amount">Below 0 for a credit note.</param>
/// <param name="Value">The same on the account's basis.</param>
/// <param name="Responsible">User of the lead; null where the CRM names none.</param>
/// <param name="Pipeline">Of the lead.</param>
/// <param name="IsCreditNote">Takes off value, is no purchase.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnalysedPurchase(
    int Client, LeadId Lead, DateOnly Day, decimal Amount, decimal Value, UserId? Responsible, PipelineId? Pipeline, bool IsCreditNote);
