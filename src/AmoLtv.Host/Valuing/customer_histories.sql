-- One row per customer and scope: the set's form of Core's CustomerHistory.From, which the tests hold it to.
-- $1 purchase, $2 credit note (kinds); $3 account; $4 custom field of the company with its CAC, or null;
-- $5 whether the movements are needed.
with summed as (
    select
        customer.scope,
        customer.customer_id,
        count(*) filter (where verdict.kind = $1 and verdict.is_in_period)::int as purchases,
        coalesce(sum(verdict.amount) filter (where verdict.kind = $1 and verdict.is_in_period), 0) as purchase_revenue,
        coalesce(sum(verdict.amount) filter (where verdict.kind = $1 and verdict.is_in_period and verdict.cost is not null), 0) as costed_revenue,
        coalesce(sum(verdict.cost) filter (where verdict.kind = $1 and verdict.is_in_period), 0) as purchase_cost,
        count(*) filter (where verdict.kind = $1 and verdict.is_in_period and verdict.cost is null)::int as purchases_without_cost,
        coalesce(sum(verdict.amount) filter (where verdict.kind = $2 and verdict.is_in_period), 0) as credit_notes,
        coalesce(sum(verdict.amount) filter (where verdict.kind = $2 and verdict.is_in_period and verdict.cost is not null), 0) as costed_credit_notes,
        coalesce(sum(verdict.cost) filter (where verdict.kind = $2 and verdict.is_in_period), 0) as credit_note_cost,
        count(*) filter (where verdict.kind = $1)::int as all_purchases,
        array_agg(distinct verdict.purchase_day order by verdict.purchase_day) filter (where verdict.kind = $1) as purchase_days,
        (array_agg(verdict.channel order by verdict.purchase_day, verdict.lead_id) filter (where verdict.kind = $1))[1] as channel,
        array_agg(verdict.purchase_day order by verdict.purchase_day, verdict.lead_id) filter (where $5) as movement_days,
        array_agg(case when verdict.kind = $2 then -verdict.amount else verdict.amount end order by verdict.purchase_day, verdict.lead_id)
            filter (where $5) as movement_amounts,
        array_agg(case when verdict.kind = $2 then -verdict.cost else verdict.cost end order by verdict.purchase_day, verdict.lead_id)
            filter (where $5) as movement_costs
    from staged_verdicts verdict
    cross join lateral (values
        (1::smallint, verdict.company_id),
        (2::smallint, verdict.contact_id),
        (3::smallint, case when verdict.company_id is null then verdict.contact_id end)
    ) customer (scope, customer_id)
    where verdict.kind in ($1, $2) and customer.customer_id is not null
    group by customer.scope, customer.customer_id
)
select
    summed.scope, summed.customer_id, summed.purchases, summed.purchase_revenue, summed.costed_revenue, summed.purchase_cost,
    summed.purchases_without_cost, summed.credit_notes, summed.costed_credit_notes, summed.credit_note_cost, summed.all_purchases,
    summed.purchase_days, summed.channel, company.fields ->> $4 as stated_cac,
    summed.movement_days, summed.movement_amounts, summed.movement_costs
from summed
left join companies company
    on $4::text is not null and summed.scope = 1 and company.account_id = $3 and company.company_id = summed.customer_id
order by summed.scope, summed.customer_id
