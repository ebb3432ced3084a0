-- The schedule of requests that all processes share, one row for each account and integration. Slots are leased from it in one
-- statement, some at a time; what a process leased and did not use is lost. Nothing here outlives its second.
create table request_permits (
    account_id          bigint not null,
    client_id           text not null,              -- of the integration
    next_slot           timestamptz not null,       -- from here on the schedule is free
    leases              bigint not null default 0,  -- times it was asked and gave
    slots               bigint not null default 0,  -- requests that were permitted
    primary key (account_id, client_id)
);

-- Accounts that are asked nothing for the time being, and those that were: what an admin is told.
create table account_circuits (
    account_id          bigint not null,
    client_id           text not null,
    cause               text not null check (cause in ('blocked', 'unpaid', 'throttled')),
    status              int not null,               -- HTTP status that opened it
    reason              text,                       -- the CRM's own words
    request_id          text,                       -- the CRM's number of the request, for its support
    opened_at           timestamptz not null,
    probes              int not null default 0,     -- times the CRM was asked since whether it is over
    probed_at           timestamptz not null,       -- last time, the opening counted
    probe_at            timestamptz not null,       -- next time
    closed_at           timestamptz,                -- null while it is open
    primary key (account_id, client_id)
);

-- Every attempt at a call to the CRM, for some days; no tokens, no bodies. A partition holds one day in 32: an old day is
-- emptied by one TRUNCATE.
create table crm_exchanges (
    account_id          bigint not null,            -- 0 while the account is not known: the first calls of an install
    exchange_id         bigint generated always as identity,
    day_slot            smallint not null,          -- days since 1970, modulo 32
    client_id           text not null,
    at                  timestamptz not null,
    method              text not null,
    path                text not null,              -- of its query only what can be nobody's personal data
    status              int,                        -- null where no answer came
    failure             text,                       -- why none came
    duration_ms         int not null,               -- until the headers of the answer
    request_id          text,                       -- the CRM's own
    attempt             smallint not null,          -- from 1
    is_interactive      boolean not null            -- a person waited
) partition by list (day_slot);

do $$
begin
    for part in 0..31 loop
        execute format('create table %I partition of crm_exchanges for values in (%s)', 'crm_exchanges_' || part, part);
    end loop;
end $$;

create index crm_exchanges_by_number on crm_exchanges (account_id, exchange_id desc);
