using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Values every customer of an account from what is stored, in two short fenced transactions: verdicts first, then results,
/// segments and what was learned by their differences. So a reader sees one valuation or the other, a killed process leaves
/// behind what the next run takes up, and doing it again changes nothing.
/// </summary>
internal sealed class RecalculateStep(
    NpgsqlDataSource database,
    ValuedAccountStore accounts,
    ReadValuesStore readValues,
    VerdictUpdate verdicts,
    RevaluationReader reader,
    Relearning relearning,
    RunMemory memory,
    IOptions<ValuingOptions> options,
    TimeProvider time) : IRunStep
{
    public string Name => RunSteps.Recalculate;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var account = await accounts.LoadAsync(run, cancellationToken);
        await readValues.RequireAsync(run.Account, account.Settings, cancellationToken);
        var today = run.AsOf ?? AccountDays.DayOf(time.GetUtcNow(), account.Zone);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = await StoredValuationStore.FindAsync(connection, run.Account, cancellationToken);
        await verdicts.RunAsync(run, account, before, today, cancellationToken);
        var leads = await VerdictStore.TotalsAsync(connection, run.Account, cancellationToken);
        var customers = before?.Totals?.Customers ?? await VerdictStore.CustomersAsync(connection, run.Account, cancellationToken);
        using var room = await memory.TakeAsync(run, leads.Purchases + leads.CreditNotes, customers, cancellationToken);
        run.Progress.Report(new StepProgress(0, null, "Valuing customers"));
        var input = await reader.ReadAsync(connection, run, account, before, leads, today, cancellationToken);
        var rates = RatesOf(input);
        var learned = relearning.Learn(run, input, rates);
        var result = BaseRevaluation.Of(input, rates, learned);
        run.Progress.Report(new StepProgress(result.Totals.Customers, result.Totals.Customers, "Storing results"));
        await SaveAsync(connection, run, result, cancellationToken);
        return Counts(result);
    }

    /// <summary>Estimated anew, but for a large base of which little has changed: there the estimates hold as long as what was learned does.</summary>
    private AccountRates RatesOf(RevaluationInput input)
    {
        var settings = input.Account.Settings;
        var clients = input.Histories.FindAll(history => history.Key.IsClient);
        if (input.Before is { Rates: { } estimates } before
            && before.Clients >= options.Value.LargeBaseClients
            && before.SettingsVersion == input.Account.SettingsVersion
            && !input.Refit.IsRefit)
        {
            var channels = settings.Cac.Kind == CacKind.ChannelTable ? ChannelCosts.Of(clients, input.Account.Spend) : ChannelCosts.None;
            return AccountRates.From(estimates, input.AsOf, channels);
        }

        return AccountRates.Of(clients, settings, input.AsOf, input.Account.Spend);
    }

    private async Task SaveAsync(NpgsqlConnection connection, RunContext run, RevaluedBase result, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        var generation = await ResultStore.ReplaceAsync(connection, transaction, run, result, cancellationToken);
        await SegmentMoveStore.SaveAsync(connection, transaction, run, result.Transitions, cancellationToken);
        if (result.Learned.Run == run.Run)
        {
            await StoredValuationStore.SaveLearnedAsync(connection, transaction, run, result.Learned, cancellationToken);
        }

        await StaleCustomers.ClearAsync(connection, transaction, run, cancellationToken);
        await StoredValuationStore.SaveAsync(connection, transaction, run, result, generation, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Dictionary<string, long> Counts(RevaluedBase result) => new(StringComparer.Ordinal)
    {
        ["leads"] = result.Account.Leads.Leads,
        ["purchases"] = result.Account.Leads.Purchases,
        ["creditNotes"] = result.Account.Leads.CreditNotes,
        ["excluded"] = result.Account.Leads.Excluded.Values.Sum(),
        ["customers"] = result.Totals.Customers,
        ["clients"] = result.Account.ClientsEver,
        ["changed"] = result.Changed,
    };
}
