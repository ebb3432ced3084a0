-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody. A row whose time of change alone moved,
-- or a field of our own, is kept up to date and counts as unchanged: our own writing moves both.
with staged as (
    select
        s.updated_at,
        case when held.company_id is distinct from s.company_id then held.company_id end as left_company,
        held.contact_id is null as is_new,
        held.contact_id is not null and (
            held.company_id, held.responsible_user_id, held.created_at, held.is_deleted, held.fields - @Ours)
        is distinct from (
            s.company_id, s.responsible_user_id, s.created_at, false, s.fields - @Ours) as is_changed
    from staging_contacts s
    -- The limit keeps it to one look by key for each row: no plan may read the whole table for a page.
    left join lateral (select h.* from contacts h where h.account_id = @Account and h.contact_id = s.contact_id limit 1) held on true
), merged as (
    insert into contacts (
        account_id, contact_id, company_id, responsible_user_id, created_at, updated_at, fields, is_deleted, changed_run)
    select
        @Account, contact_id, company_id, responsible_user_id, created_at, updated_at, fields, false, @Run
    from staging_contacts
    on conflict (account_id, contact_id) do update
    set company_id = excluded.company_id,
        responsible_user_id = excluded.responsible_user_id,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        fields = excluded.fields,
        is_deleted = false,
        changed_run = case
            when (
                contacts.company_id, contacts.responsible_user_id, contacts.created_at, contacts.is_deleted,
                contacts.fields - @Ours)
            is distinct from (
                excluded.company_id, excluded.responsible_user_id, excluded.created_at, false, excluded.fields - @Ours)
            then excluded.changed_run
            else contacts.changed_run
        end
    where (
        contacts.company_id, contacts.responsible_user_id, contacts.created_at, contacts.updated_at, contacts.fields,
        contacts.is_deleted)
    is distinct from (
        excluded.company_id, excluded.responsible_user_id, excluded.created_at, excluded.updated_at, excluded.fields,
        false)
)
select
    count(*) filter (where is_new) as added,
    count(*) filter (where is_changed) as changed,
    count(*) filter (where is_new and updated_at <= @KnownUntil) as missed_added,
    count(*) filter (where is_changed and updated_at <= @KnownUntil) as missed_changed,
    array_agg(distinct left_company) filter (where left_company is not null) as left_companies,
    null::bigint[] as left_contacts
from staged
