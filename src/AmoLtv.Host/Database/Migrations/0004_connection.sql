-- What keeps a grant alive, what hinders it, and what becomes of an account whose integration was switched off.

alter table grants
    add column api_domain         text,           -- host that knows the account's address after it was renamed; from the access token
    add column issued_at          timestamptz,    -- of the present access token
    add column renewal_failures   int not null default 0,  -- since the last renewal that worked
    add column renewal_failed_at  timestamptz,    -- first of them
    add column renewal_tried_at   timestamptz,    -- last of them
    add column renewal_failure    text,           -- what the last one met, in words
    add column renewal_refused    boolean not null default false,  -- the last one was no trouble of the network: the CRM refused, and not the token
    add column lost_at            timestamptz,
    add column suspended_at       timestamptz,    -- the CRM said that the integration was switched off: work rests until the API has been asked
    add column hindrance          text check (hindrance in ('rights', 'unpaid', 'blocked', 'unreachable')),
    add column hindered_at        timestamptz,
    add column hindrance_words    text,           -- the CRM's
    add column probed_at          timestamptz,    -- when the API was last asked how the grant does
    add column probe_at           timestamptz not null default now();  -- when it is asked next

update grants set issued_at = least(updated_at, expires_at - interval '24 hours') where refresh_token is not null;
update grants set lost_at = updated_at where status = 'lost';

create table account_connections (
    account_id           bigint primary key,
    resumed_at           timestamptz,             -- the connection works again: a run that began earlier is not enough
    erase_at             timestamptz              -- everything of the account is erased then, unless it is installed again
);

-- All that stays of an erased account.
create table erasure_receipts (
    account_id           bigint not null,
    began_at             timestamptz not null,
    cause                text not null check (cause in ('uninstalled', 'command')),
    tables               jsonb not null default '{}',  -- rows deleted, by table
    finished_at          timestamptz,
    is_complete          boolean not null default false,  -- false and finished: the account was installed again meanwhile
    primary key (account_id, began_at)
);
