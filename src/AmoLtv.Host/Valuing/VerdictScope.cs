using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Valuing;

/// <summary>Which leads are asked anew.</summary>
/// <param name="Since">The stored verdicts; null where there are none yet.</param>
/// <param name="IsWhole">Every lead, else only those that may have another verdict since.</param>
/// <param name="IsBasisNew">The settings decide otherwise than for the stored verdicts.</param>
internal sealed record VerdictScope(VerdictState? Since, bool IsWhole, bool IsBasisNew)
{
    /// <summary>Leads changed by later runs than this are touched themselves, not by settings alone.</summary>
    public RunId TouchedSince => Since?.Run ?? default;
}
