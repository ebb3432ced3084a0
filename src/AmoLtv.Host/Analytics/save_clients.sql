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

create unique index on seen_clients (scope, customer_id);
analyze seen_clients;

delete from analysed_clients kept
where kept.account_id = @Account
  and not exists (select from seen_clients seen where seen.scope = kept.scope and seen.customer_id = kept.customer_id);

delete from analysed_clients kept
using seen_clients seen
where kept.account_id = @Account and kept.scope = seen.scope and kept.customer_id = seen.customer_id
  and row(kept.*) is distinct from row(seen.*);

insert into analysed_clients select * from seen_clients
on conflict (account_id, scope, customer_id) do nothing;
