-- Only rows that differ are written: an unchanged account makes no dead rows and wakes nobody.
with added as (
    select count(*) as rows
    from staging_contacts s
    where not exists (select from contacts c where c.account_id = @Account and c.contact_id = s.contact_id)
), merged as (
    insert into contacts (account_id, contact_id, company_id, responsible_user_id, created_at, updated_at, is_deleted, fields, changed_run)
    select @Account, contact_id, company_id, responsible_user_id, created_at, updated_at, false, fields, @Run
    from staging_contacts
    on conflict (account_id, contact_id) do update
    set company_id = excluded.company_id,
        responsible_user_id = excluded.responsible_user_id,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at,
        is_deleted = false,
        fields = excluded.fields,
        changed_run = excluded.changed_run
    where (
        contacts.company_id, contacts.responsible_user_id, contacts.created_at, contacts.updated_at, contacts.is_deleted, contacts.fields)
    is distinct from (
        excluded.company_id, excluded.responsible_user_id, excluded.created_at, excluded.updated_at, false, excluded.fields)
    returning 1
)
select added.rows as added, (select count(*) from merged) - added.rows as changed
from added
