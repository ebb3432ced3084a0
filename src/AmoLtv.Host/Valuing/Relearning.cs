using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Valuing;

/// <summary>Learns an account's forecast anew when it is due, and says when that is.</summary>
internal sealed class Relearning(TimeProvider time)
{
    /// <summary>Whether what was learned still stands for the account's purchases.</summary>
    /// <param name="before">The valuation in force; null before the first.</param>
    /// <param name="account">The account with its settings now.</param>
    /// <param name="settingsBefore">Of <paramref name="before"/>; null where they are not known.</param>
    /// <param name="asOf">Date of the valuation to come.</param>
    /// <param name="clients">Clients that bought ever.</param>
    /// <param name="changedSince">Customers changed since the learning in force.</param>
    public RefitDecision Decide(
        StoredValuation? before, ValuedAccount account, AccountSettings? settingsBefore, DateOnly asOf, int clients, int changedSince) =>
        RefitRule.Decide(ChangeOf(before, asOf, clients, changedSince, before is not null && HaveInputsChanged(before, account, settingsBefore)));

    /// <summary>The learning in force, or a new one where it is due.</summary>
    /// <param name="run">The run; told how far the learning is.</param>
    /// <param name="input">With the histories of all customers where learning is due.</param>
    /// <param name="rates">Of the account.</param>
    public LearnedBase Learn(RunContext run, RevaluationInput input, AccountRates rates)
    {
        var decision = input.Refit;
        if (!decision.IsRefit)
        {
            return input.Before!.Learned!;
        }

        if (!input.IsWhole)
        {
            throw new InvalidOperationException("Nothing is learned from a part of the base.");
        }

        var now = time.GetUtcNow();
        var clients = input.Histories.FindAll(history => history.Key.IsClient && history.PurchaseDays.Count > 0);
        var log = ForecastHistory.LogOf(clients, rates);
        var months = input.Account.Settings.HorizonMonths;
        var seasons = SeasonsOf(clients, rates.AsOf);
        if (!decision.ChoosesAgain && input.Before is { Learned: { Parameters.Choice: { } choice } earlier })
        {
            return new LearnedBase(run.Run, rates.AsOf, run.AsOf is not null, now, earlier.ChosenAt, clients.Count, ForecastLearning.Learn(log, months, seasons, choice));
        }

        var done = 0;
        var result = ForecastLearning.Learn(log, months, seasons, () => run.Progress.Report(
            new StepProgress(Interlocked.Increment(ref done), ForecastLearning.Parts, "Learning from past purchases")));
        return new LearnedBase(run.Run, rates.AsOf, run.AsOf is not null, now, now, clients.Count, result);
    }

    /// <summary>
    /// Null where nothing was learned that this date may use: nothing could be then and time has passed since, the date lies before
    /// it, or it was learned for another date that somebody fixed by hand.
    /// </summary>
    private BaseChange? ChangeOf(StoredValuation? before, DateOnly asOf, int clients, int changedSince, bool haveInputsChanged)
    {
        if (before?.Learned is not { } learned
            || (learned.Parameters is null && learned.AsOf != asOf)
            || learned.AsOf > asOf
            || (learned.IsFixed && learned.AsOf != asOf))
        {
            return null;
        }

        return new BaseChange(learned.Clients, clients, changedSince, (int)(time.GetUtcNow() - learned.ChosenAt).TotalDays, haveInputsChanged);
    }

    /// <summary>Whether the settings shape what a purchase, its amount or the horizon is otherwise than before.</summary>
    public static bool HaveInputsChanged(StoredValuation before, ValuedAccount account, AccountSettings? settingsBefore) =>
        before.SettingsVersion != account.SettingsVersion
        && (settingsBefore is null
            || IsDueBetween(settingsBefore, account.Settings, account.Zone));

    /// <summary>Whether going from one set of settings to another makes what was learned worthless.</summary>
    public static bool IsDueBetween(AccountSettings before, AccountSettings after, TimeZoneInfo zone) =>
        before.HorizonMonths != after.HorizonMonths || VerdictBasis.Of(before, zone) != VerdictBasis.Of(after, zone);

    private static SeasonalIndices SeasonsOf(List<CustomerHistory> clients, DateOnly asOf)
    {
        var months = clients
            .SelectMany(client => client.PurchaseDays)
            .CountBy(day => new DateOnly(day.Year, day.Month, 1))
            .Select(month => new AccountMonth(month.Key, Revenue: 0, month.Value));
        return AccountForecast.Of(months, asOf, horizonMonths: 1).PurchaseSeasons;
    }
}
