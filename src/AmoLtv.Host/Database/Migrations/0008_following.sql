-- Hooks that do not come though the CRM calls them active, and whole syncs that do not wait for the night.

alter table webhook_subscriptions
    add column active_since timestamptz,            -- since when the CRM has called this address
    add column heard_at     timestamptz,            -- the last hook that came, to about a minute
    add column tried_at     timestamptz,            -- the last look at the subscription, whatever came of it
    add column failures     int not null default 0, -- looks that failed, in a row
    drop constraint webhook_subscriptions_status_check,
    add constraint webhook_subscriptions_status_check check (status in ('waiting', 'active', 'silent', 'unsupported'));
update webhook_subscriptions
set tried_at = checked_at, active_since = case when status = 'active' then checked_at end;

alter table sync_states
    add column whole_from         timestamptz,      -- from when on a whole sync may begin between nights; null: the night is soon enough
    add column fields_checked_at  timestamptz;      -- when the settings in force were last compared with the values that are stored

alter table change_follows
    add column whole_failures   int not null default 0, -- whole syncs between nights that failed, in a row
    add column whole_not_before timestamptz;            -- of the next attempt after a failure
