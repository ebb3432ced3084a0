-- staged_clients into analysed_clients: only what differs.
create temporary table seen_clients on commit drop as
select @Account::bigint as account_id, value.scope, value.customer_id, coalesce(company.name, '') as name, lower(coalesce(company.name, '')) as search,
       staged.responsible_user_id, staged.value, value.ltv, value.historical_ltv, value.revenue, value.purchases,
       value.average_order_value, value.purchases_per_year, value.expected_value, value.value_low, value.value_high,
       value.repeat_probability, value.next_purchase, value.first_purchase, value.last_purchase,
       value.tier, value.rfm_recency, value.rfm_frequency, value.rfm_monetary, value.rfm_group, value.lifecycle,
       value.channel, staged.channel_key, value.cac, value.ltv_to_cac, value.payback_months,
       staged.next_tier, staged.missing, staged.traits::jsonb as traits
from staged_clients staged
join customer_values value on value.account_id = @Account and value.scope = staged.scope and value.customer_id = staged.customer_id
left join companies company on value.scope = 1 and company.account_id = @Account and company.company_id = value.customer_id;

analyze seen_clients;

-- Both are compared in one pass.
create temporary table changed_clients on commit drop as
select coalesce(seen.scope, kept.scope) as scope, coalesce(seen.customer_id, kept.customer_id) as customer_id
from seen_clients seen
full join (select * from analysed_clients where account_id = @Account) kept on kept.scope = seen.scope and kept.customer_id = seen.customer_id
where row(seen.*) is distinct from row(kept.*);

analyze changed_clients;

delete from analysed_clients kept
using changed_clients changed
where kept.account_id = @Account and kept.scope = changed.scope and kept.customer_id = changed.customer_id;

insert into analysed_clients
select seen.*
from seen_clients seen
join changed_clients changed on changed.scope = seen.scope and changed.customer_id = seen.customer_id;
