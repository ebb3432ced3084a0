using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Series;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Segmentation;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Puts the answers of the tabs together from what was stored; null where the account was not analysed yet.</summary>
internal sealed class AnswerReader(
    DocumentReader documents, AccountNameStore names, OwnClientStore ownClients, BaseDayStore days, MoveReader moves,
    LearnedForecastStore learned, SettingsStore settings)
{
    public async Task<OverviewAnswer?> OverviewAsync(AccountId account, UserId? own, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadAsync(account, [AnalysisKinds.Overview, AnalysisKinds.Quality, AnalysisKinds.Segments], cancellationToken);
        if (StampOf(stored, own) is not { } stamp || !stored.ContainsKey(AnalysisKinds.Quality) || !stored.ContainsKey(AnalysisKinds.Segments))
        {
            return null;
        }

        if (own is { } user)
        {
            var mine = await ownClients.ReadAsync(account, user, cancellationToken);
            var forecast = mine.Where(client => client.Expected is not null).ToList();
            return new OverviewAnswer(
                stamp, SumOf(mine), mine.Sum(client => client.Historical), forecast.Count > 0 ? forecast.Sum(client => client.Expected!.Value) : null,
                SumOf(mine.Where(client => client.IsAtRisk)), SegmentSummary.Of([.. mine.Select(client => client.Place(client.Lifecycle))], before: null), Whole: null);
        }

        var overview = stored[AnalysisKinds.Overview].Read<OverviewDocument>();
        var (history, forecasting) = (await days.ReadAsync(account, cancellationToken), await learned.FindAsync(account, cancellationToken));
        return new OverviewAnswer(
            stamp, overview.Base, overview.Numbers.HistoricalLtv, overview.Expected, overview.AtRisk,
            stored[AnalysisKinds.Segments].Read<SegmentsDocument>().Lifecycle,
            new WholeOverview(
                overview, stored[AnalysisKinds.Quality].Read<QualityDocument>(), history, BaseChange.Of(history), forecasting?.Calibration,
                forecasting?.Backtest?.Grades ?? []));
    }

    public async Task<SegmentsAnswer?> SegmentsAsync(AccountId account, UserId? own, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadAsync(
            account, [AnalysisKinds.Overview, AnalysisKinds.Segments, AnalysisKinds.Rfm, AnalysisKinds.NearTiers], cancellationToken);
        if (StampOf(stored, own) is not { } stamp || stored.Count < 4)
        {
            return null;
        }

        var tiers = (await settings.GetAsync(account, cancellationToken)).Settings.Tiers;
        if (own is { } user)
        {
            return OwnSegments(stamp, tiers, await ownClients.ReadAsync(account, user, cancellationToken));
        }

        var segments = stored[AnalysisKinds.Segments].Read<SegmentsDocument>();
        return new SegmentsAnswer(
            stamp, tiers.Rule, tiers.Tiers, new ClientSum(segments.Clients, segments.Value), segments.PreviousRun,
            segments.Tiers, segments.Rfm, segments.Lifecycle, stored[AnalysisKinds.Rfm].Read<RfmDocument>().Cells,
            await moves.ReadAsync(account, segments.Run, cancellationToken), stored[AnalysisKinds.NearTiers].Read<NearTiersDocument>().Found);
    }

    public async Task<CohortsAnswer?> CohortsAsync(AccountId account, bool byQuarter, CancellationToken cancellationToken) =>
        await FindAsync<CohortsDocument>(account, AnalysisKinds.Cohorts, cancellationToken) is { } found
            ? new CohortsAnswer(found.Stamp, byQuarter ? "quarter" : "month", byQuarter ? found.Document.Quarters : found.Document.Months)
            : null;

    public async Task<ForecastAnswer?> ForecastAsync(AccountId account, CancellationToken cancellationToken)
    {
        var stored = await documents.ReadAsync(account, [AnalysisKinds.Overview, AnalysisKinds.Series, AnalysisKinds.Scenario], cancellationToken);
        if (StampOf(stored, own: null) is not { } stamp || stored.Count < 3)
        {
            return null;
        }

        var overview = stored[AnalysisKinds.Overview].Read<OverviewDocument>();
        var series = stored[AnalysisKinds.Series].Read<AccountForecast>();
        var horizon = series.Months is [var first, ..]
            ? ForecastHorizon.Of(stamp.AsOf.DayNumber, overview.HorizonMonths, first.Month.DayNumber)
            : null;
        return new ForecastAnswer(
            stamp, horizon, overview.Expected, series, await learned.FindAsync(account, cancellationToken),
            stored[AnalysisKinds.Scenario].Read<ScenarioDocument>());
    }

    public async Task<ChannelsAnswer?> ChannelsAsync(AccountId account, CancellationToken cancellationToken)
    {
        var saved = (await settings.GetAsync(account, cancellationToken)).Settings;
        return await FindAsync<ChannelsDocument>(account, AnalysisKinds.Channels, cancellationToken) is { } found
            ? new ChannelsAnswer(found.Stamp, saved.Channel.Kind, saved.Cac.Kind, found.Document)
            : null;
    }

    /// <summary>A tab that shows one document as it is.</summary>
    public async Task<DocumentAnswer<T>?> DocumentAsync<T>(AccountId account, string kind, bool isNamed, CancellationToken cancellationToken)
        where T : class => await FindAsync<T>(account, kind, cancellationToken) is { } found
            ? found with { Names = isNamed ? await names.ReadAsync(account, cancellationToken) : null }
            : null;

    private async Task<DocumentAnswer<T>?> FindAsync<T>(AccountId account, string kind, CancellationToken cancellationToken)
        where T : class
    {
        var stored = await documents.ReadAsync(account, [AnalysisKinds.Overview, kind], cancellationToken);
        return StampOf(stored, own: null) is { } stamp && stored.TryGetValue(kind, out var document)
            ? new DocumentAnswer<T>(stamp, document.Read<T>(), Names: null)
            : null;
    }

    /// <summary>Of when the documents are; null where the account was not analysed yet.</summary>
    internal static AnalysisStamp? StampOf(IReadOnlyDictionary<string, StoredDocument> stored, UserId? own)
    {
        if (!stored.TryGetValue(AnalysisKinds.Overview, out var overview))
        {
            return null;
        }

        var numbers = overview.Read<OverviewDocument>().Numbers;
        return new AnalysisStamp(overview.Run, overview.CalculatedAt, numbers.AsOf, numbers.Basis, own is not null);
    }

    private static SegmentsAnswer OwnSegments(AnalysisStamp stamp, Core.Settings.TierSettings tiers, IReadOnlyList<OwnClient> mine) => new(
        stamp, tiers.Rule, tiers.Tiers, SumOf(mine), PreviousRun: null,
        SegmentSummary.Of([.. mine.Select(client => client.Place(client.Tier))], before: null),
        SegmentSummary.Of([.. mine.Select(client => client.Place(client.Rfm))], before: null),
        SegmentSummary.Of([.. mine.Select(client => client.Place(client.Lifecycle))], before: null),
        RfmCell.Grid(
            mine.Where(client => client is { Recency: not null, Frequency: not null })
                .Select(client => (client.Recency!.Value, client.Frequency!.Value, client.Value)),
            before: null),
        Moves: [],
        mine.Count(client => client.NextTier is not null));

    private static ClientSum SumOf(IEnumerable<OwnClient> clients) =>
        clients.Aggregate(new ClientSum(0, 0), (sum, client) => new ClientSum(sum.Clients + 1, sum.Value + client.Value));
}
