using AmoLtv.Core.Purchases;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Where the leads of a list come from.</summary>
/// <param name="Rows">
/// SQL of them: lead_id, day, amount, value, scope, customer_id, tie; where the list is narrowed also responsible_user_id, pipeline_id,
/// status_id, loss_reason_id.
/// </param>
/// <param name="Details">Alias under which a row's responsible user, pipeline and stage are found.</param>
/// <param name="Join">SQL that brings this alias beside the rows of one part.</param>
/// <param name="Money">Column that the list sums.</param>
/// <param name="Total">SQL of how many the whole list has and for what, where that is kept; null: the rows are counted.</param>
internal sealed record LeadSource(string Rows, string Details, string Join, string Money, string? Total)
{
    private const short Purchase = (short)VerdictKind.Purchase;

    /// <summary>Written out, so that the database sees which of its partial indexes serves.</summary>
    private static readonly string[] Reasons = ["noAmount", "noDate", "noCustomer", "otherPipeline", "returned", "excludedByHand"];

    /// <param name="list">Its name.</param>
    /// <param name="isNarrowed">Whether by the user, the stage or the loss reason.</param>
    /// <exception cref="BadFilterException">There is no such list.</exception>
    public static LeadSource Of(string? list, bool isNarrowed) => list switch
    {
        "won" => Analysed("won", "s.value"),
        "lost" => Analysed("lost", "s.amount"),
        "noCompany" => Verdicts(
            $"v.company_id is null and v.kind <> 0 and v.kind = {Purchase} and v.is_in_period", isNarrowed, "leads_without_company", "amount_without_company",
            $"kind = {Purchase} and reason = ''"),
        "noCost" => Verdicts(
            $"v.cost is null and v.kind = {Purchase} and v.is_in_period", isNarrowed, "leads_without_cost", "amount_without_cost",
            $"kind = {Purchase} and reason = ''"),
        _ when Reasons.Contains(list) => Verdicts($"v.reason = '{list}'", isNarrowed, "leads", "amount", $"reason = '{list}'"),
        _ => throw new BadFilterException($"'{list}' is no list of leads; there are won, lost, noCompany, noCost, {string.Join(", ", Reasons)}."),
    };

    private static LeadSource Analysed(string list, string money) => new(
        $"""
        select lead_id, day, amount, value, scope, customer_id, responsible_user_id, pipeline_id, status_id, loss_reason_id, 0::bigint as tie
        from analysed_leads where account_id = @Account and list = '{list}'
        """,
        "s", "", money, Total: null);

    /// <summary>A lead itself is looked up for the rows of one part alone: an account may have a million, and most of them are listed nowhere.</summary>
    private static LeadSource Verdicts(string condition, bool isNarrowed, string leads, string amount, string totals) => new(
        $"""
        select v.lead_id, v.purchase_day as day, v.amount, null::numeric as value,
               case when v.company_id is not null then 1 when v.contact_id is not null then 3 end::smallint as scope,
               coalesce(v.company_id, v.contact_id) as customer_id, null::bigint as loss_reason_id, 0::bigint as tie
               {(isNarrowed ? ", own.responsible_user_id, own.pipeline_id, own.status_id" : "")}
        from lead_verdicts v
        {(isNarrowed ? "join leads own on own.account_id = @Account and own.lead_id = v.lead_id" : "")}
        where v.account_id = @Account and {condition}
        """,
        "lead", "left join leads lead on lead.account_id = @Account and lead.lead_id = s.lead_id", "s.amount",
        isNarrowed ? null : $"""
        select coalesce(sum({leads}), 0)::bigint as "Count", coalesce(sum({amount}), 0)::numeric as "Value"
        from verdict_totals where account_id = @Account and {totals}
        """);
}
