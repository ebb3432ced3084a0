using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>What besides the leads decides an account's numbers.</summary>
/// <param name="Settings">Valid ones.</param>
/// <param name="Zone">The account's: days are cut in it.</param>
/// <param name="Today">The account's local day: purchases count up to it.</param>
/// <param name="ExcludedByHand">Leads a person took out.</param>
/// <param name="Spend">The table of the account's channels.</param>
/// <param name="StatedCosts">What acquiring companies cost, by company, where a field of theirs says so.</param>
/// <param name="Forecast">What was learned from the account's purchases; null where it has no forecast.</param>
public sealed record ValuationTerms(
    AccountSettings Settings,
    TimeZoneInfo Zone,
    DateOnly Today,
    IReadOnlySet<LeadId> ExcludedByHand,
    IReadOnlyList<ChannelSpend> Spend,
    IReadOnlyDictionary<long, decimal> StatedCosts,
    ForecastParameters? Forecast);
