using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Analytics;

/// <summary>What of an account its analyses need.</summary>
/// <param name="Run">The run that makes them.</param>
/// <param name="Zone">Its days are cut in it.</param>
/// <param name="Settings">In force.</param>
/// <param name="Numbers">Of the valuation in force.</param>
/// <param name="Margin">What its costs are good for.</param>
/// <param name="Spend">Its table of channels.</param>
internal sealed record AnalysedAccount(
    RunContext Run,
    TimeZoneInfo Zone,
    AccountSettings Settings,
    AccountValuation Numbers,
    MarginRates Margin,
    IReadOnlyList<ChannelSpend> Spend)
{
    private const int MonthsPerYear = 12;

    public AccountId Id => Run.Account;

    /// <summary>The date all numbers are of.</summary>
    public DateOnly AsOf => Numbers.AsOf;

    /// <summary>The twelve months up to that date.</summary>
    public Period LastYear => new(AsOf.AddMonths(-MonthsPerYear).AddDays(1), AsOf);
}
