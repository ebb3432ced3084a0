using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.WritingBack;

/// <summary>What of the account its output fields depend on.</summary>
/// <param name="Zone">Days are cut in it.</param>
/// <param name="Basis">What LTV is a sum of.</param>
/// <param name="IsEnglish">Whether texts are English, as in Kommo; else Russian.</param>
/// <param name="CalculatedAt">End of the valuation that the numbers come from.</param>
public sealed record OutputAccount(TimeZoneInfo Zone, Basis Basis, bool IsEnglish, DateTimeOffset CalculatedAt)
{
    /// <summary>The basis in words, as it stands beside the amount.</summary>
    public string BasisText => (Basis, IsEnglish) switch
    {
        (Basis.Margin, true) => "gross profit",
        (Basis.Margin, false) => "валовая прибыль",
        (_, true) => "revenue",
        _ => "выручка",
    };
}
