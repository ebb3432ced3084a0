-- Who may see analytics besides administrators, and the sessions of pages that are opened outside the CRM.

-- Users whom an administrator named. Administrators need no row.
create table analytics_viewers (
    account_id          bigint not null,
    user_id             bigint not null,
    named_by            bigint not null,            -- user
    named_at            timestamptz not null,
    primary key (account_id, user_id)
);

-- What a save of the list was made on: two administrators at once do not overwrite each other.
create table analytics_access (
    account_id          bigint primary key,
    version             int not null,
    changed_by          bigint not null,            -- user
    changed_at          timestamptz not null
);

-- Single-use codes, a minute each, that a browser exchanges for a session of its own.
create table session_codes (
    account_id          bigint not null,
    code_hash           bytea not null,             -- SHA-256; the code itself is nowhere
    client_id           text not null,              -- of the integration whose token vouched for the user
    user_id             bigint not null,
    is_admin            boolean,                    -- what that token said; null where it said nothing
    said_at             timestamptz not null,
    expires_at          timestamptz not null,
    primary key (account_id, code_hash)
);

create table page_sessions (
    account_id          bigint not null,
    session_hash        bytea not null,             -- SHA-256 of the cookie's secret
    client_id           text not null,
    user_id             bigint not null,
    is_admin            boolean,
    said_at             timestamptz not null,
    created_at          timestamptz not null,
    expires_at          timestamptz not null,
    primary key (account_id, session_hash)
);
