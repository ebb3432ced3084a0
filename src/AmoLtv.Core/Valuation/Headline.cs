using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Valuation;

/// <summary>The one number shown as LTV, by the admin's choice.</summary>
/// <param name="Ltv">Null where the customer bought nothing that is summed.</param>
/// <param name="Kind">Which number it is; not always the one asked for.</param>
/// <param name="IsFloored">Whether the number asked for was below what was already bought, which stands here instead.</param>
public readonly record struct Headline(decimal? Ltv, HeadlineKind Kind, bool IsFloored)
{
    /// <summary>
    /// Total falls back to the formula without a forecast, the formula to what was bought where there is none.
    /// Never below <paramref name="historical"/>, which is on the same basis.
    /// </summary>
    public static Headline Of(HeadlineKind chosen, decimal historical, decimal? formula, decimal? total)
    {
        var (ltv, kind) = (chosen, total, formula) switch
        {
            (HeadlineKind.Total, { } sum, _) => (sum, HeadlineKind.Total),
            (HeadlineKind.Formula or HeadlineKind.Total, _, { } product) => (product, HeadlineKind.Formula),
            _ => (historical, HeadlineKind.Historical),
        };
        return new Headline(Math.Max(ltv, historical), kind, ltv < historical);
    }

    /// <summary>Nothing is summed: no number, which is not 0.</summary>
    public static Headline Nothing { get; } = new(null, HeadlineKind.Historical, IsFloored: false);
}
