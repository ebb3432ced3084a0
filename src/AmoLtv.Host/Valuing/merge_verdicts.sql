-- staged_verdicts into lead_verdicts: only what differs; whole: every lead was staged, what is missing is gone.
create temporary table changed_verdicts on commit drop as
select staged.lead_id, staged.is_touched
from staged_verdicts staged
left join lead_verdicts verdict on verdict.account_id = @Account and verdict.lead_id = staged.lead_id
where verdict.lead_id is null
   or (verdict.kind, verdict.reason, verdict.purchase_day, verdict.amount, verdict.cost,
       verdict.company_id, verdict.contact_id, verdict.channel, verdict.is_in_period)
      is distinct from
      (staged.kind, staged.reason, staged.purchase_day, staged.amount, staged.cost,
       staged.company_id, staged.contact_id, staged.channel, staged.is_in_period)
union all
select verdict.lead_id, true
from lead_verdicts verdict
where @IsWhole and verdict.account_id = @Account
  and not exists (select from staged_verdicts staged where staged.lead_id = verdict.lead_id);

analyze changed_verdicts;

-- Whose results no longer hold: those the leads belonged to, and those they belong to now. The first time nobody has a result.
insert into stale_customers as stale (account_id, scope, customer_id, is_by_settings)
select @Account, customer.scope, customer.customer_id, @IsBasisNew and not bool_or(side.is_touched)
from (
    select staged.company_id, staged.contact_id, changed.is_touched
    from changed_verdicts changed
    join staged_verdicts staged using (lead_id)
    where staged.kind in (@Purchase, @CreditNote)
    union all
    select verdict.company_id, verdict.contact_id, changed.is_touched
    from changed_verdicts changed
    join lead_verdicts verdict on verdict.account_id = @Account and verdict.lead_id = changed.lead_id
    where verdict.kind in (@Purchase, @CreditNote)
) side
cross join lateral (values
    (1::smallint, side.company_id),
    (2::smallint, side.contact_id),
    (3::smallint, case when side.company_id is null then side.contact_id end)
) customer (scope, customer_id)
where not @IsFirst and customer.customer_id is not null
group by customer.scope, customer.customer_id
on conflict (account_id, scope, customer_id) do update set is_by_settings = stale.is_by_settings and excluded.is_by_settings;

-- Totals by difference, so that a few changed leads do not count all of them.
insert into verdict_totals as total (account_id, kind, reason, leads, amount, leads_with_contact, amount_with_contact,
                                     leads_without_company, amount_without_company, leads_without_cost, amount_without_cost)
select @Account, kind, coalesce(reason, ''), sum(sign), coalesce(sum(sign * amount), 0),
       coalesce(sum(sign) filter (where contact_id is not null), 0), coalesce(sum(sign * amount) filter (where contact_id is not null), 0),
       coalesce(sum(sign) filter (where company_id is null), 0), coalesce(sum(sign * amount) filter (where company_id is null), 0),
       coalesce(sum(sign) filter (where cost is null), 0), coalesce(sum(sign * amount) filter (where cost is null), 0)
from (
    select 1 as sign, staged.kind, staged.reason, staged.amount, staged.cost, staged.company_id, staged.contact_id
    from changed_verdicts changed
    join staged_verdicts staged using (lead_id)
    union all
    select -1, verdict.kind, verdict.reason, verdict.amount, verdict.cost, verdict.company_id, verdict.contact_id
    from changed_verdicts changed
    join lead_verdicts verdict on verdict.account_id = @Account and verdict.lead_id = changed.lead_id
) side
group by kind, coalesce(reason, '')
on conflict (account_id, kind, reason) do update set
    leads = total.leads + excluded.leads,
    amount = total.amount + excluded.amount,
    leads_with_contact = total.leads_with_contact + excluded.leads_with_contact,
    amount_with_contact = total.amount_with_contact + excluded.amount_with_contact,
    leads_without_company = total.leads_without_company + excluded.leads_without_company,
    amount_without_company = total.amount_without_company + excluded.amount_without_company,
    leads_without_cost = total.leads_without_cost + excluded.leads_without_cost,
    amount_without_cost = total.amount_without_cost + excluded.amount_without_cost;

delete from verdict_totals where account_id = @Account and leads = 0;

delete from lead_verdicts verdict
using changed_verdicts changed
where verdict.account_id = @Account and verdict.lead_id = changed.lead_id
  and not exists (select from staged_verdicts staged where staged.lead_id = changed.lead_id);

insert into lead_verdicts as verdict
    (account_id, lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period)
select @Account, lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period
from staged_verdicts
join changed_verdicts using (lead_id)
on conflict (account_id, lead_id) do update set
    kind = excluded.kind, reason = excluded.reason, purchase_day = excluded.purchase_day, amount = excluded.amount,
    cost = excluded.cost, company_id = excluded.company_id, contact_id = excluded.contact_id,
    channel = excluded.channel, is_in_period = excluded.is_in_period;

insert into verdict_states (account_id, run_id, basis, last_day)
values (@Account, @Run, @Basis, @LastDay)
on conflict (account_id) do update set run_id = excluded.run_id, basis = excluded.basis, last_day = excluded.last_day;

select count(*)::int from changed_verdicts;
