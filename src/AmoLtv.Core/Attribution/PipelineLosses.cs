using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>Where in the pipeline valuable clients are lost; each list the heaviest first.</summary>
/// <param name="ByStage">By the stage that leads were lost from.</param>
/// <param name="ByReason">By the loss reason.</param>
/// <param name="ByStageAndReason">By both.</param>
public sealed record PipelineLosses(
    IReadOnlyList<PipelineLoss> ByStage, IReadOnlyList<PipelineLoss> ByReason, IReadOnlyList<PipelineLoss> ByStageAndReason)
{
    /// <summary>
    /// Counts and weighs lost leads. Leads of those who never bought, or of nobody, count and have no weight.
    /// The order of the leads does not matter.
    /// </summary>
    /// <param name="leads">Lost leads of the time looked at, each once.</param>
    /// <param name="values">What each client adds to the base, 0 or above.</param>
    public static PipelineLosses Of(IEnumerable<LostLead> leads, IReadOnlyDictionary<CustomerKey, decimal> values)
    {
        var weighed = leads.OrderBy(lead => lead.Lead.Value).GroupBy(lead => lead.Client).SelectMany(group => Weigh(group.Key, [.. group], values)).ToList();
        return new PipelineLosses(
            Sum(weighed, lead => (lead.LostFrom, null)),
            Sum(weighed, lead => (null, lead.LossReason)),
            Sum(weighed, lead => (lead.LostFrom, lead.LossReason)));
    }

    /// <summary>Divided to the kopeck: what does not divide goes to the first leads, so that nothing is lost on the way.</summary>
    private static IEnumerable<WeighedLead> Weigh(CustomerKey? client, List<LostLead> leads, IReadOnlyDictionary<CustomerKey, decimal> values)
    {
        var value = client is { } key ? values.GetValueOrDefault(key) : 0;
        var kopecks = Math.Floor(value * 100 / leads.Count);
        var left = (value * 100) - (kopecks * leads.Count);
        return leads.Select((lead, index) => new WeighedLead(lead, value, (kopecks + Math.Clamp(left - index, 0, 1)) / 100));
    }

    private static List<PipelineLoss> Sum(List<WeighedLead> leads, Func<LostLead, (StageKey? Stage, long? Reason)> keyOf)
    {
        var total = leads.Sum(lead => lead.Weight);
        return
        [
            .. leads
                .GroupBy(lead => keyOf(lead.Lead))
                .Select(group => Of(group.Key.Stage, group.Key.Reason, [.. group], total))
                .OrderByDescending(loss => loss.Weight).ThenByDescending(loss => loss.Leads)
                .ThenBy(loss => loss.Stage?.Pipeline.Value).ThenBy(loss => loss.Stage?.Status.Value).ThenBy(loss => loss.Reason),
        ];
    }

    private static PipelineLoss Of(StageKey? stage, long? reason, List<WeighedLead> leads, decimal total)
    {
        var clients = leads.Where(lead => lead.Value > 0).DistinctBy(lead => lead.Lead.Client).ToList();
        var weight = leads.Sum(lead => lead.Weight);
        return new PipelineLoss
        {
            Stage = stage,
            Reason = reason,
            Leads = leads.Count,
            Amount = leads.Sum(lead => lead.Lead.Amount ?? 0),
            Clients = clients.Count,
            ClientsValue = clients.Sum(client => client.Value),
            Weight = weight,
            Share = Money.Ratio(weight, total) ?? 0,
        };
    }

    private readonly record struct WeighedLead(LostLead Lead, decimal Value, decimal Weight);
}
