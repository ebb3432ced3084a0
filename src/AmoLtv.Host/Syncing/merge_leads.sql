-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody. A row of which only the time of change moved,
-- a field of our own, or products, which no number of a client depends on, are kept up to date and count as unchanged.
with staged as (
    select
        s.updated_at,
        case when held.company_id is distinct from s.company_id then held.company_id end as left_company,
        case when held.main_contact_id is distinct from s.main_contact_id then held.main_contact_id end as left_contact,
        held.lead_id is null as is_new,
        held.lead_id is not null and (
            held.pipeline_id, held.status_id, held.price, held.company_id, held.main_contact_id,
            held.responsible_user_id, held.loss_reason_id, held.created_at, held.closed_at, held.tags, held.source,
            held.is_deleted, held.fields - @Ours)
        is distinct from (
            s.pipeline_id, s.status_id, s.price, s.company_id, s.main_contact_id, s.responsible_user_id,
            s.loss_reason_id, s.created_at, s.closed_at, s.tags, s.source, false, s.fields - @Ours) as is_changed
    from staging_leads s
    -- The limit keeps it to one look by key for each row: no plan may read the whole table for a page.
    left join lateral (select h.* from leads h where h.account_id = @Account and h.lead_id = s.lead_id limit 1) held on true
), merged as (
    insert into leads (
        account_id, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, responsible_user_id,
        loss_reason_id, created_at, closed_at, tags, source, updated_at, fields, products, is_deleted, changed_run)
    select
        @Account, lead_id, pipeline_id, status_id, price, company_id, main_contact_id, responsible_user_id,
        loss_reason_id, created_at, closed_at, tags, source, updated_at, fields, products, false, @Run
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
        closed_at = excluded.closed_at,
        tags = excluded.tags,
        source = excluded.source,
        updated_at = excluded.updated_at,
        fields = excluded.fields,
        products = excluded.products,
        is_deleted = false,
        changed_run = case
            when (
                leads.pipeline_id, leads.status_id, leads.price, leads.company_id, leads.main_contact_id,
                leads.responsible_user_id, leads.loss_reason_id, leads.created_at, leads.closed_at, leads.tags,
                leads.source, leads.is_deleted, leads.fields - @Ours)
            is distinct from (
                excluded.pipeline_id, excluded.status_id, excluded.price, excluded.company_id, excluded.main_contact_id,
                excluded.responsible_user_id, excluded.loss_reason_id, excluded.created_at, excluded.closed_at,
                excluded.tags, excluded.source, false, excluded.fields - @Ours)
            then excluded.changed_run
            else leads.changed_run
        end
    where (
        leads.pipeline_id, leads.status_id, leads.price, leads.company_id, leads.main_contact_id,
        leads.responsible_user_id, leads.loss_reason_id, leads.created_at, leads.closed_at, leads.tags, leads.source,
        leads.updated_at, leads.fields, leads.products, leads.is_deleted)
    is distinct from (
        excluded.pipeline_id, excluded.status_id, excluded.price, excluded.company_id, excluded.main_contact_id,
        excluded.responsible_user_id, excluded.loss_reason_id, excluded.created_at, excluded.closed_at, excluded.tags,
        excluded.source, excluded.updated_at, excluded.fields, excluded.products, false)
), met as (
    -- Products seen for the first time; their names are read after the leads.
    insert into products (account_id, catalog_id, element_id)
    select distinct @Account::bigint, (product ->> 0)::bigint, (product ->> 1)::bigint
    from staging_leads s
    cross join lateral jsonb_array_elements(s.products) product
    join catalogs list on list.account_id = @Account and list.catalog_id = (product ->> 0)::bigint and list.is_sold
    on conflict (account_id, catalog_id, element_id) do nothing
)
select
    count(*) filter (where is_new) as added,
    count(*) filter (where is_changed) as changed,
    count(*) filter (where is_new and updated_at <= @KnownUntil) as missed_added,
    count(*) filter (where is_changed and updated_at <= @KnownUntil) as missed_changed,
    array_agg(distinct left_company) filter (where left_company is not null) as left_companies,
    array_agg(distinct left_contact) filter (where left_contact is not null) as left_contacts
from staged
