-- What changes between whole scans: how far each account was followed, and what hooks of the CRM said.

create index contacts_by_change on contacts (account_id, changed_run);
create index contacts_by_company on contacts (account_id, company_id);

-- How far the changes of an account were read; the first two by the CRM's clock, the third by ours.
create table sync_states (
    account_id          bigint primary key,
    leads_until         timestamptz not null,       -- the newest change of a lead that was seen
    events_until        timestamptz not null,       -- the newest event that was seen
    whole_at            timestamptz,                -- end of the last whole scan; null before the first
    is_whole_asked      boolean not null default false -- a person, or a CRM that does not say what changed
);

-- The subscription to an account's webhooks.
create table webhook_subscriptions (
    account_id          bigint primary key,
    secret              bytea not null,             -- part of the address, encrypted
    secret_hash         bytea not null,             -- SHA-256, by which a call is recognised
    status              text not null check (status in ('waiting', 'active', 'unsupported')),
    reason              text,                       -- in words, where it is not active
    checked_at          timestamptz,                -- when the CRM last confirmed it
    not_before          timestamptz not null        -- of the next look
);

-- What hooks said, until it was looked at. No content of a hook is kept: names of people may be in it.
create table change_marks (
    account_id          bigint not null,
    mark_id             bigint generated always as identity,
    entity_type         smallint,                   -- null: something changed, nobody knows what
    entity_id           bigint not null,
    kind                smallint not null,          -- 0 changed, 1 deleted, 2 restored
    changed_at          timestamptz,                -- the card's time of change, as the hook gives it
    received_at         timestamptz not null,
    primary key (account_id, mark_id)
);

-- Following an account between its nights.
create table change_follows (
    account_id          bigint primary key,
    followed_at         timestamptz,                -- end of the last reading of changes
    is_valuing_due      boolean not null default false, -- cards changed that no valuation has seen
    failures            int not null default 0,     -- in a row
    not_before          timestamptz                 -- of the next attempt after a failure
);
