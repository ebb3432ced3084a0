using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics.Products;
using AmoLtv.Host.Running;

namespace AmoLtv.Host.Analytics;

/// <summary>
/// The step <c>analyse</c>: reads the results in force once, makes the analyses one after the other, and keeps their documents in one
/// fenced transaction at the end. An analysis that fails leaves the others alone, and the run tells it.
/// </summary>
internal sealed partial class AnalyseStep(
    AnalysedAccountStore accounts, AnalysedClientStore clients, AnalysedPurchaseStore purchases, LostLeadStore lostLeads, SoldProductStore products,
    AnalysisCatalog catalog, AnalysisSaving saving, RunMemory memory, TimeProvider time, ILogger<AnalyseStep> logger) : IRunStep
{
    public string Name => RunSteps.Analyse;

    public async Task<IReadOnlyDictionary<string, long>> RunAsync(RunContext run, CancellationToken cancellationToken)
    {
        var account = await accounts.LoadAsync(run, cancellationToken);
        var leads = account.Numbers.Leads;
        using var room = await memory.TakeAsync(run, leads.Purchases + leads.CreditNotes, account.Numbers.ClientsEver, cancellationToken);
        run.Progress.Report(new StepProgress(0, catalog.All.Count, "Reading clients and purchases"));
        var analysed = await ReadAsync(account, cancellationToken);
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var (done, analysis) in catalog.All.Index())
        {
            run.Progress.Report(new StepProgress(done, catalog.All.Count, $"Analysing {analysis.Words}"));
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                documents[analysis.Kind] = JsonSerializer.Serialize(await analysis.MakeAsync(analysed, cancellationToken), SettingsJson.Options);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Whatever one analysis stumbles over: the others are worth having, and the run says what is missing.
                Log.Failed(logger, failure, run.Account.ToString(), run.Run.ToString(), analysis.Kind);
                failures.Add($"{analysis.Words}: {failure.Message}");
            }
        }

        run.Progress.Report(new StepProgress(catalog.All.Count, catalog.All.Count, "Keeping analyses and lists"));
        await saving.SaveAsync(analysed, documents, time.GetUtcNow(), cancellationToken);
        run.Progress.Report(new StepProgress(catalog.All.Count, catalog.All.Count, "Analyses kept"));
        return Complete(analysed, documents.Count, failures);
    }

    private async Task<AnalysedBase> ReadAsync(AnalysedAccount account, CancellationToken cancellationToken)
    {
        var valued = await clients.ReadAsync(account.Id, account.AsOf, cancellationToken);
        var bought = await purchases.ReadAsync(account.Id, valued, account.Margin, cancellationToken);
        return new AnalysedBase(account, valued, bought, await lostLeads.ReadAsync(account, account.LastYear, cancellationToken))
        {
            Sold = await products.ReadAsync(account.Id, valued, cancellationToken),
        };
    }

    /// <exception cref="IncompleteStepException">An analysis could not be made.</exception>
    private static Dictionary<string, long> Complete(AnalysedBase analysed, int documents, List<string> failures)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["analyses"] = documents,
            ["clients"] = analysed.Clients.Count,
            ["purchases"] = analysed.Purchases.Count(purchase => !purchase.IsCreditNote),
        };
        return failures.Count == 0 ? counts : throw new IncompleteStepException(
            $"{failures.Count} of the analyses could not be made, the others are kept ({string.Join("; ", failures)}).", counts);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Account {Account}, run {Run}: the analysis {Kind} could not be made.")]
        public static partial void Failed(ILogger logger, Exception failure, string account, string run, string kind);
    }
}
