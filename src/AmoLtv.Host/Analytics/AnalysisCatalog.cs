using System.Text.Json;
using AmoLtv.Core.Attribution;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Host.Analytics;

/// <summary>Every analysis of a base, in the order in which they are made.</summary>
internal sealed class AnalysisCatalog
{
    private readonly LostLeadStore _lostLeads;
    private readonly TraitStore _traits;
    private readonly AnalysisStore _documents;

    public AnalysisCatalog(LostLeadStore lostLeads, TraitStore traits, AnalysisStore documents)
    {
        (_lostLeads, _traits, _documents) = (lostLeads, traits, documents);
        All =
        [
            Analysis.Of(AnalysisKinds.Managers, "managers", ManagersDocument.Of),
            Analysis.Of(AnalysisKinds.Channels, "channels", ChannelsDocument.Of),
            new(AnalysisKinds.Losses, "lost leads", LossesAsync),
            new(AnalysisKinds.Drivers, "drivers", DriversAsync),
            Analysis.Of(AnalysisKinds.Cohorts, "cohorts", CohortsDocument.Of),
            Analysis.Of(AnalysisKinds.Retention, "retention", RetentionDocument.Of),
            new(AnalysisKinds.Segments, "segments", SegmentsAsync),
            Analysis.Of(AnalysisKinds.NearTiers, "clients near the next tier", NearTiersDocument.Of),
            Analysis.Of(AnalysisKinds.Series, "revenue by month", MonthlySales.Of),
            Analysis.Of(AnalysisKinds.Scenario, "scenarios", ScenarioDocument.Of),
        ];
    }

    public IReadOnlyList<Analysis> All { get; }

    private async Task<object> LossesAsync(AnalysedBase analysed, CancellationToken cancellationToken) =>
        LossesDocument.Of(analysed, await _lostLeads.ReadAsync(analysed.Account, analysed.Account.LastYear, cancellationToken));

    private async Task<object> SegmentsAsync(AnalysedBase analysed, CancellationToken cancellationToken)
    {
        var before = await _documents.FindPreviousAsync(analysed.Account.Run, AnalysisKinds.Segments, cancellationToken);
        return SegmentsDocument.Of(
            analysed, before is null ? null : JsonSerializer.Deserialize<SegmentsDocument>(before, SettingsJson.Options));
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

        return new DriversDocument(Drivers.Of(analysed.Values(), traits.Own().Concat(named)));
    }
}
