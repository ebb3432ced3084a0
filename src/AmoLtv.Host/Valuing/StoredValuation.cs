using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>The valuation of an account that was stored last, and what it was made with.</summary>
/// <param name="Run">The run it is of.</param>
/// <param name="AsOf">Its date.</param>
/// <param name="Clients">Clients that bought ever.</param>
/// <param name="SettingsVersion">Of the settings it was made with; null for one older than that is kept.</param>
/// <param name="RulesVersion">Of the formulas (<see cref="ResultDigest.RulesVersion"/>).</param>
/// <param name="Rates">Estimated from the base; null for one older than they are kept.</param>
/// <param name="ChangedSince">Customers changed between the learning it used and this valuation, its own included.</param>
/// <param name="Totals">Sums over its customers; null for one older than they are kept.</param>
/// <param name="Borders">Where the base was cut; null likewise.</param>
/// <param name="CutOn">The day of its life-cycle states; null likewise.</param>
/// <param name="Learned">The learning it used; null before the first.</param>
internal sealed record StoredValuation(
    RunId Run,
    DateOnly AsOf,
    int Clients,
    int? SettingsVersion,
    int RulesVersion,
    EstimatedRates? Rates,
    int ChangedSince,
    ClientTotals? Totals,
    SegmentBorders? Borders,
    DateOnly? CutOn,
    LearnedBase? Learned);
