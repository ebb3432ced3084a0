using System.Runtime.CompilerServices;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Host.Running;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Brings the verdicts on leads up to date: all of them where the settings decide otherwise now or the account is small, else
/// only of leads that changed. One fenced transaction takes them over, so that a killed process leaves the verdicts of before.
/// </summary>
internal sealed class VerdictUpdate(NpgsqlDataSource database, LeadStore leads, IOptions<ValuingOptions> options)
{
    private const int ReportEvery = 5000;

    /// <param name="run">The run.</param>
    /// <param name="account">Its account.</param>
    /// <param name="before">The valuation stored last; null before the first.</param>
    /// <param name="today">The account's local day.</param>
    /// <param name="cancellationToken">Ends the update; nothing is stored then.</param>
    public async Task RunAsync(
        RunContext run, ValuedAccount account, StoredValuation? before, DateOnly today, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var lastDay = run.AsOf ?? today;
        var state = new VerdictState(run.Run, VerdictBasis.Of(account.Settings, account.Zone), lastDay);
        var stored = await VerdictStore.FindStateAsync(connection, run.Account, cancellationToken);
        var isBasisNew = stored is not null && stored.Basis != state.Basis;
        var isLarge = before is not null && before.Clients >= options.Value.LargeBaseClients;

        // With a period, days fall out of it as time goes on: then every verdict is asked anew.
        var isWhole = stored is null || isBasisNew || lastDay < stored.LastDay || !isLarge || account.Settings.PeriodMonths is not null;
        var scope = new VerdictScope(stored, isWhole, isBasisNew);
        await VerdictStore.StageAsync(connection, ClassifyAsync(run, account, scope, lastDay, cancellationToken), cancellationToken);
        if (account.Settings.PeriodMonths is { } months)
        {
            var lastPurchase = await VerdictStore.LastPurchaseAsync(connection, cancellationToken);
            if (AccountDays.PeriodStart(AccountDays.AsOf(today, lastPurchase, run.AsOf), months) is { } start)
            {
                await VerdictStore.ApplyPeriodAsync(connection, start, cancellationToken);
            }
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await VerdictStore.MergeAsync(connection, transaction, run, scope, state, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async IAsyncEnumerable<(LeadVerdict Verdict, bool IsTouched)> ClassifyAsync(
        RunContext run, ValuedAccount account, VerdictScope scope, DateOnly lastDay, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? total = scope.IsWhole ? await leads.CountAsync(account.Id, cancellationToken) : null;
        var classifier = new LeadClassifier(account.Settings, account.Zone, account.ExcludedByHand, lastDay);
        var done = 0L;
        var stream = leads.StreamAsync(
            account.Id, scope, account.ExcludedByHand, lastDay, [.. account.Settings.UsedFieldIds(EntityType.Lead)], sampleOf: 1, cancellationToken);
        await foreach (var (lead, changedRun) in stream)
        {
            if (done++ % ReportEvery == 0)
            {
                run.Progress.Report(new StepProgress(done - 1, total, "Deciding which leads count"));
            }

            yield return (classifier.Classify(lead), scope.Since is null || changedRun.Value > scope.TouchedSince.Value);
        }
    }
}
