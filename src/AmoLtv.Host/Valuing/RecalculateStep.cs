using System.Runtime.CompilerServices;
using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Host.Running;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Values every customer of an account from what is stored. All is staged in temporary tables first; one short fenced
/// transaction then brings verdicts, results and places to it by their differences. So a reader sees one valuation or
/// the other, a killed process leaves nothing behind, and doing it again changes nothing.
/// </summary>
public sealed class RecalculateStep(
    NpgsqlDataSource database, ValuedAccountStore accounts, ReadValuesStore readValues, LeadStore leads, TimeProvider time) : IRunStep
{
    private const int ReportEvery = 5000;

    public string Name => RunSteps.Recalculate;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var account = await accounts.LoadAsync(run, cancellationToken);
        await readValues.RequireAsync(run.Account, account.Settings, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await VerdictStore.StageAsync(connection, ClassifyAsync(run, account, cancellationToken), cancellationToken);
        var (report, totals) = await ValueAsync(connection, run, account, cancellationToken);
        var changed = await SaveAsync(connection, run, report, cancellationToken);
        return new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["leads"] = totals.Leads,
            ["purchases"] = totals.Purchases,
            ["creditNotes"] = totals.CreditNotes,
            ["excluded"] = totals.Excluded.Values.Sum(),
            ["customers"] = report.Customers.Count,
            ["clients"] = report.Standings.Count,
            ["changed"] = changed,
        };
    }

    private async IAsyncEnumerable<LeadVerdict> ClassifyAsync(
        RunContext run, ValuedAccount account, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var total = await leads.CountAsync(account.Id, cancellationToken);
        var classifier = new LeadClassifier(account.Settings, account.Zone, account.ExcludedByHand, run.AsOf ?? Today(account));
        var done = 0L;
        await foreach (var lead in leads.StreamAsync(account.Id, [.. account.Settings.UsedFieldIds(EntityType.Lead)], cancellationToken))
        {
            if (done++ % ReportEvery == 0)
            {
                run.Progress.Report(new StepProgress(done - 1, total, "Deciding which leads count"));
            }

            yield return classifier.Classify(lead);
        }

        run.Progress.Report(new StepProgress(done, total, "Valuing customers"));
    }

    private async Task<(AccountReport Report, LeadTotals Totals)> ValueAsync(
        NpgsqlConnection connection, RunContext run, ValuedAccount account, CancellationToken cancellationToken)
    {
        var lastPurchase = await VerdictStore.LastPurchaseAsync(connection, cancellationToken);
        var asOf = AccountDays.AsOf(Today(account), lastPurchase, run.AsOf);
        if (AccountDays.PeriodStart(asOf, account.Settings.PeriodMonths) is { } periodStart)
        {
            await VerdictStore.ApplyPeriodAsync(connection, periodStart, cancellationToken);
        }

        var totals = await VerdictStore.TotalsAsync(connection, cancellationToken);
        var histories = await HistoryStore.ReadAsync(connection, account.Id, account.Settings.Cac, cancellationToken);
        return (AccountReport.Of(histories, totals, account.Settings, asOf, account.Spend), totals);
    }

    private async Task<int> SaveAsync(NpgsqlConnection connection, RunContext run, AccountReport report, CancellationToken cancellationToken)
    {
        await ResultStore.StageAsync(connection, report, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await VerdictStore.MergeAsync(connection, transaction, run, cancellationToken);
        var changed = await ResultStore.MergeAsync(connection, transaction, run, cancellationToken);
        await ResultStore.SaveAccountAsync(connection, transaction, run, report, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }

    private DateOnly Today(ValuedAccount account) => AccountDays.DayOf(time.GetUtcNow(), account.Zone);
}
