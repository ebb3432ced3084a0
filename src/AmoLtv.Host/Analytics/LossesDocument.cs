using AmoLtv.Core.Attribution;

namespace AmoLtv.Host.Analytics;

/// <summary>Where in the pipeline valuable clients are lost. Money in the account's currency.</summary>
/// <param name="From">First day looked at.</param>
/// <param name="To">Last day looked at.</param>
/// <param name="Leads">Leads lost in these days.</param>
/// <param name="LeadsWithStage">Of them seen being lost, so that their stage is known.</param>
/// <param name="Losses">By stage and reason.</param>
internal sealed record LossesDocument(DateOnly From, DateOnly To, int Leads, int LeadsWithStage, PipelineLosses Losses)
{
    public static LossesDocument Of(AnalysedBase analysed)
    {
        var leads = analysed.LostLeads.Select(lost => lost.Lead).ToList();
        var period = analysed.Account.LastYear;
        return new LossesDocument(
            period.From, period.To, leads.Count, leads.Count(lead => lead.LostFrom is not null), PipelineLosses.Of(leads, analysed.Values()));
    }
}
