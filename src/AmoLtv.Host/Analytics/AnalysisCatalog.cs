using System.Text.Json;
using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Analytics.Products;

namespace AmoLtv.Host.Analytics;

/// <summary>Every analysis of a base, in the order in which they are made.</summary>
internal sealed class AnalysisCatalog
{
    private readonly TraitStore _traits;
    private readonly GapStore _gaps;
    private readonly AnalysisStore _documents;

    public AnalysisCatalog(TraitStore traits, GapStore gaps, AnalysisStore documents)
    {
        (_traits, _gaps, _documents) = (traits, gaps, documents);
        All =
        [
            Analysis.Of(AnalysisKinds.Managers, "managers", ManagersDocument.Of),
            Analysis.Of(AnalysisKinds.Channels, "channels", ChannelsDocument.Of),
            Analysis.Of(AnalysisKinds.Losses, "lost leads", LossesDocument.Of),
            new(AnalysisKinds.Drivers, "drivers", DriversAsync),
            Analysis.Of(AnalysisKinds.Products, "products", ProductsDocument.Of),
            Analysis.Of(AnalysisKinds.Cohorts, "cohorts", CohortsDocument.Of),
            Analysis.Of(AnalysisKinds.Retention, "retention", RetentionDocument.Of),
            new(AnalysisKinds.Segments, "segments", SegmentsAsync),
            new(AnalysisKinds.Rfm, "the RFM grid", RfmAsync),
            Analysis.Of(AnalysisKinds.NearTiers, "clients near the next tier", NearTiersDocument.Of),
            Analysis.Of(AnalysisKinds.Series, "revenue by month", MonthlySales.Of),
            Analysis.Of(AnalysisKinds.Scenario, "scenarios", ScenarioDocument.Of),
            new(AnalysisKinds.Quality, "the quality of what was entered", QualityAsync),
            Analysis.Of(AnalysisKinds.Overview, "the base as a whole", OverviewDocument.Of),
        ];
    }

    public IReadOnlyList<Analysis> All { get; }

    private async Task<object> QualityAsync(AnalysedBase analysed, CancellationToken cancellationToken) =>
        QualityDocument.Of(analysed, await _gaps.ReadAsync(analysed.Account, cancellationToken));

    private async Task<object> SegmentsAsync(AnalysedBase analysed, CancellationToken cancellationToken) =>
        SegmentsDocument.Of(analysed, await PreviousAsync<SegmentsDocument>(analysed, AnalysisKinds.Segments, cancellationToken));

    private async Task<object> RfmAsync(AnalysedBase analysed, CancellationToken cancellationToken) =>
        RfmDocument.Of(analysed, await PreviousAsync<RfmDocument>(analysed, AnalysisKinds.Rfm, cancellationToken));

    private async Task<T?> PreviousAsync<T>(AnalysedBase analysed, string kind, CancellationToken cancellationToken)
        where T : class
    {
        var before = await _documents.FindPreviousAsync(analysed.Account.Run, kind, cancellationToken);
        return before is null ? null : JsonSerializer.Deserialize<T>(before, SettingsJson.Options);
    }

    private async Task<object> DriversAsync(AnalysedBase analysed, CancellationToken cancellationToken)
    {
        var (id, drivers) = (analysed.Account.Id, analysed.Account.Settings.Drivers);
        var firsts = analysed.FirstPurchases();
        var traits = new ClientTraits(analysed, firsts);
        var named = new List<DriverTrait>();
        if (drivers.CompanyFields.Count > 0)
        {
            var numeric = await _traits.NumericAsync(id, EntityType.Company, drivers.CompanyFields, cancellationToken);
            var values = await _traits.CompanyValuesAsync(id, drivers.CompanyFields, cancellationToken);
            named.AddRange(drivers.CompanyFields.Zip(values, (field, texts) => traits.OfCompanyField(field, texts, numeric.Contains(field))));
        }

        if (drivers.LeadFields.Count > 0)
        {
            var numeric = await _traits.NumericAsync(id, EntityType.Lead, drivers.LeadFields, cancellationToken);
            long[] leads = [.. firsts.Where(first => first is not null).Select(first => first!.Value.Lead.Value)];
            var values = await _traits.LeadValuesAsync(id, drivers.LeadFields, leads, cancellationToken);
            named.AddRange(drivers.LeadFields.Zip(values, (field, texts) => traits.OfLeadField(field, texts, numeric.Contains(field))));
        }

        return new DriversDocument(Drivers.Of(analysed.Values(), traits.Own().Concat(named).Select(trait => analysed.Levels.Note(trait, analysed.Clients))));
    }
}
