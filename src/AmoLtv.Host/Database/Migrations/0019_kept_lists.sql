-- What the pages ask of a large account is answered by what a run keeps, and a run writes only what differs from what was kept.

alter table analysed_clients
    add column bought          datemultirange not null default '{}',  -- days with purchases
    add column digest          bigint not null default 0,             -- of the row: one that is the same is not written again
    add column products_digest bigint not null default 0;             -- of its rows in analysed_products
alter table analysed_leads add column digest bigint not null default 0;

-- Digests follow with the next analysis; the days are asked for before it.
update analysed_clients client
set bought = found.days
from (
    select account_id, case when company_id is null then 3 else 1 end::smallint as scope, coalesce(company_id, contact_id) as customer_id,
           range_agg(daterange(purchase_day, purchase_day, '[]')) as days
    from lead_verdicts
    where kind = 1 and purchase_day is not null
    group by 1, 2, 3) found
where client.account_id = found.account_id and client.scope = found.scope and client.customer_id = found.customer_id;

alter table verdict_totals
    add column leads_without_company  bigint not null default 0,
    add column amount_without_company numeric(20, 2) not null default 0,
    add column leads_without_cost     bigint not null default 0,
    add column amount_without_cost    numeric(20, 2) not null default 0;

update verdict_totals total
set leads_without_company = found.leads_without_company, amount_without_company = found.amount_without_company,
    leads_without_cost = found.leads_without_cost, amount_without_cost = found.amount_without_cost
from (
    select account_id, kind, coalesce(reason, '') as reason,
           count(*) filter (where company_id is null) as leads_without_company,
           coalesce(sum(amount) filter (where company_id is null), 0) as amount_without_company,
           count(*) filter (where cost is null) as leads_without_cost,
           coalesce(sum(amount) filter (where cost is null), 0) as amount_without_cost
    from lead_verdicts
    group by 1, 2, 3) found
where total.account_id = found.account_id and total.kind = found.kind and total.reason = found.reason;

create index lead_verdicts_without_cost on lead_verdicts (account_id, lead_id) where cost is null and kind = 1 and is_in_period;
