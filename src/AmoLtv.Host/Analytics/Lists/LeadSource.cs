namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Where the leads of a list come from.</summary>
/// <param name="Sql">Rows of them: lead_id, day, amount, value, scope, customer_id, responsible_user_id, pipeline_id, status_id, loss_reason_id, tie.</param>
/// <param name="Money">Column that the list sums.</param>
internal sealed record LeadSource(string Sql, string Money)
{
    /// <summary>Written out, so that the database sees which of its partial indexes serves.</summary>
    private static readonly string[] Reasons = ["noAmount", "noDate", "noCustomer", "otherPipeline", "returned", "excludedByHand"];

    /// <exception cref="BadFilterException">There is no such list.</exception>
    public static LeadSource Of(string? list) => list switch
    {
        "won" => Analysed("won", "s.value"),
        "lost" => Analysed("lost", "s.amount"),
        "noCompany" => Verdicts("v.company_id is null and v.kind <> 0 and v.kind = 1 and v.is_in_period"),
        "noCost" => Verdicts("v.cost is null and v.kind = 1 and v.is_in_period"),
        _ when Reasons.Contains(list) => Verdicts($"v.reason = '{list}'"),
        _ => throw new BadFilterException($"'{list}' is no list of leads; there are won, lost, noCompany, noCost, {string.Join(", ", Reasons)}."),
    };

    private static LeadSource Analysed(string list, string money) => new(
        $"""
        select lead_id, day, amount, value, scope, customer_id, responsible_user_id, pipeline_id, status_id, loss_reason_id, 0::bigint as tie
        from analysed_leads where account_id = @Account and list = '{list}'
        """,
        money);

    private static LeadSource Verdicts(string condition) => new(
        $"""
        select v.lead_id, coalesce(v.purchase_day, (lead.closed_at at time zone (select account_zone(@Account)))::date) as day, v.amount, null::numeric as value,
               case when v.company_id is not null then 1 when v.contact_id is not null then 3 end::smallint as scope,
               coalesce(v.company_id, v.contact_id) as customer_id, lead.responsible_user_id, lead.pipeline_id, lead.status_id,
               null::bigint as loss_reason_id, 0::bigint as tie
        from lead_verdicts v
        left join leads lead on lead.account_id = @Account and lead.lead_id = v.lead_id
        where v.account_id = @Account and {condition}
        """,
        "s.amount");
}
