-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody.
with added as (
    select count(*) as rows
    from staging_leads s
    where not exists (select from leads l where l.account_id = @Account and l.lead_id = s.lead_id)
), merged as (
    insert into leads (
        account_id, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, responsible_user_id, loss_reason_id,
        created_at, updated_at, closed_at, is_deleted, fields, tags, source, changed_run)
    select
        @Account, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, responsible_user_id, loss_reason_id,
        created_at, updated_at, closed_at, false, fields, tags, source, @Run
    from staging_leads
    on conflict (account_id, lead_id) do update
    set pipeline_id = excluded.pipeline_id,
        status_id = excluded.status_id,
        price = excluded.price,
        company_id = excluded.company_id,
        main_contact_id = excluded.main_contact_id,
        responsible_user_id = excluded.responsible_user_id,
        loss_reason_id = excluded.loss_reason_id,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        closed_at = excluded.closed_at,
        is_deleted = false,
        fields = excluded.fields,
        tags = excluded.tags,
        source = excluded.source,
        changed_run = excluded.changed_run
    where (
        leads.pipeline_id, leads.status_id, leads.price, leads.company_id, leads.main_contact_id, leads.responsible_user_id,
        leads.loss_reason_id, leads.created_at, leads.updated_at, leads.closed_at, leads.is_deleted, leads.fields, leads.tags, leads.source)
    is distinct from (
        excluded.pipeline_id, excluded.status_id, excluded.price, excluded.company_id, excluded.main_contact_id, excluded.responsible_user_id,
        excluded.loss_reason_id, excluded.created_at, excluded.updated_at, excluded.closed_at, false, excluded.fields, excluded.tags, excluded.source)
    returning 1
)
select added.rows as added, (select count(*) from merged) - added.rows as changed
from added
