using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>What the CRM holds against what was computed.</summary>
/// <param name="Account">The account.</param>
/// <param name="Companies">Companies the CRM has.</param>
/// <param name="Contacts">Contacts the CRM has.</param>
/// <param name="Totals">What was computed.</param>
/// <param name="Mismatches">Fields where the CRM's value differs from the computed one.</param>
/// <param name="Examples">The first of them, in words.</param>
public sealed record VerificationResult(
    AccountId Account, long Companies, long Contacts, VerificationTotals Totals, long Mismatches, IReadOnlyList<string> Examples);
