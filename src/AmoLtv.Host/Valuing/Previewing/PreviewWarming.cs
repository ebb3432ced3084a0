using AmoLtv.Core.Evaluation;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>
/// Values a few made leads once the service has started: otherwise whoever opens the settings first after a start waits until the code of a
/// valuation was compiled, which takes longer than the valuation.
/// </summary>
internal sealed class PreviewWarming(IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int Leads = 200;

    private static readonly DateOnly Today = new(2026, 1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        Value();
    }

    /// <summary>The same as a preview does between reading and answering.</summary>
    internal static IReadOnlyList<PreviewClient> Value()
    {
        Lead[] leads = [.. Enumerable.Range(1, Leads).Select(LeadOf)];
        var terms = new ValuationTerms(
            new AccountSettings(), TimeZoneInfo.Utc, Today, new HashSet<LeadId>(), [], new Dictionary<long, decimal>(), Forecast: null);
        var (old, draft) = (LeadValuation.Of(leads, terms), LeadValuation.Of(leads, terms));
        PreviewComparison.TotalsOf(draft);
        return new PreviewComparison(leads, old, draft).Clients();
    }

    private static Lead LeadOf(int number) => new()
    {
        Id = new LeadId(number),
        Stage = new StageKey(new PipelineId(1), number % 10 == 0 ? StageKey.Lost : StageKey.Won),
        Price = number,
        Company = new CompanyId(1 + (number % 20)),
        ClosedAt = new DateTimeOffset(Today.AddDays(-number), TimeOnly.MinValue, TimeSpan.Zero),
    };
}
