-- The purchases of the last twelve months and the leads lost in them; what an earlier run kept of the same is left as it stands.
create temporary table seen_leads on commit drop as
select @Account::bigint as account_id, 'won'::text as list, staged.lead_id, staged.day, staged.amount, staged.value, staged.scope, staged.customer_id,
       staged.responsible_user_id, staged.pipeline_id, staged.status_id, staged.loss_reason_id
from staged_leads staged
where staged.is_won
union all
select @Account, 'lost', staged.lead_id, staged.day, staged.amount, null, staged.scope, staged.customer_id,
       staged.responsible_user_id, staged.pipeline_id, staged.status_id, staged.loss_reason_id
from staged_leads staged
where not staged.is_won;

create unique index on seen_leads (list, lead_id);
analyze seen_leads;

delete from analysed_leads kept
where kept.account_id = @Account
  and not exists (
      select from seen_leads seen where seen.list = kept.list and seen.lead_id = kept.lead_id and row(seen.*) is not distinct from row(kept.*));

insert into analysed_leads select * from seen_leads
on conflict (account_id, list, lead_id) do nothing;
