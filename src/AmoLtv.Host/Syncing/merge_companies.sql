-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody.
with added as (
    select count(*) as rows
    from staging_companies s
    where not exists (select from companies c where c.account_id = @Account and c.company_id = s.company_id)
), merged as (
    insert into companies (account_id, company_id, name, responsible_user_id, created_at, updated_at, is_deleted, fields, changed_run)
    select @Account, company_id, name, responsible_user_id, created_at, updated_at, false, fields, @Run
    from staging_companies
    on conflict (account_id, company_id) do update
    set name = excluded.name,
        responsible_user_id = excluded.responsible_user_id,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        is_deleted = false,
        fields = excluded.fields,
        changed_run = excluded.changed_run
    where (
        companies.name, companies.responsible_user_id, companies.created_at, companies.updated_at, companies.is_deleted, companies.fields)
    is distinct from (
        excluded.name, excluded.responsible_user_id, excluded.created_at, excluded.updated_at, false, excluded.fields)
    returning 1
)
select added.rows as added, (select count(*) from merged) - added.rows as changed
from added
