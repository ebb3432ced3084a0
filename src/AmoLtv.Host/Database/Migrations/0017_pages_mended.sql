-- What the pages ask again and again: whether a run wrote anything, and how much of a run waits to be written.
create index field_writes_confirmed on field_writes (account_id, run_id) where status = 'confirmed';
create index field_writes_planned on field_writes (account_id, run_id) where status = 'planned';

-- The account's time zone; UTC where the CRM names one that this PostgreSQL does not know: a day near midnight is then cut elsewhere, and
-- no list fails for it. To be called as (select account_zone(@Account)), once a statement.
create function account_zone(account bigint) returns text
language plpgsql stable as $$
declare
    zone text;
begin
    select time_zone into zone from accounts where account_id = account;
    perform now() at time zone zone;
    return zone;
exception when invalid_parameter_value then
    return 'UTC';
end $$;
