-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody. A row whose time of change alone moved,
-- or a field of our own, is kept up to date and counts as unchanged: our own writing moves both.
with staged as (
    select
        s.updated_at,
        held.company_id is null as is_new,
        held.company_id is not null and (
            held.name, held.responsible_user_id, held.created_at, held.is_deleted, held.fields - @Ours)
        is distinct from (
            s.name, s.responsible_user_id, s.created_at, false, s.fields - @Ours) as is_changed
    from staging_companies s
    -- The limit keeps it to one look by key for each row: no plan may read the whole table for a page.
    left join lateral (select h.* from companies h where h.account_id = @Account and h.company_id = s.company_id limit 1) held on true
), merged as (
    insert into companies (
        account_id, company_id, name, responsible_user_id, created_at, updated_at, fields, is_deleted, changed_run)
    select
        @Account, company_id, name, responsible_user_id, created_at, updated_at, fields, false, @Run
    from staging_companies
    on conflict (account_id, company_id) do update
    set name = excluded.name,
        responsible_user_id = excluded.responsible_user_id,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        fields = excluded.fields,
        is_deleted = false,
        changed_run = case
            when (
                companies.name, companies.responsible_user_id, companies.created_at, companies.is_deleted,
                companies.fields - @Ours)
            is distinct from (
                excluded.name, excluded.responsible_user_id, excluded.created_at, false, excluded.fields - @Ours)
            then excluded.changed_run
            else companies.changed_run
        end
    where (
        companies.name, companies.responsible_user_id, companies.created_at, companies.updated_at, companies.fields,
        companies.is_deleted)
    is distinct from (
        excluded.name, excluded.responsible_user_id, excluded.created_at, excluded.updated_at, excluded.fields, false)
)
select
    count(*) filter (where is_new) as added,
    count(*) filter (where is_changed) as changed,
    count(*) filter (where is_new and updated_at <= @KnownUntil) as missed_added,
    count(*) filter (where is_changed and updated_at <= @KnownUntil) as missed_changed,
    null::bigint[] as left_companies,
    null::bigint[] as left_contacts
from staged
