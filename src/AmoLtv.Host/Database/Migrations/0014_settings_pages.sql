-- What the settings page keeps: drafts, the trail of what was changed outside the versions, and changes of spend that can be undone.

-- Settings that somebody has not saved yet: the wizard goes on where it was left.
create table settings_drafts (
    account_id          bigint not null,
    user_id             bigint not null,
    based_on            int not null,               -- the version in force when it was begun
    step                text not null,              -- where the wizard stood
    settings            jsonb not null,
    updated_at          timestamptz not null,
    primary key (account_id, user_id)
);

-- Who changed what of tasks, notices, write-back and currency; settings themselves are kept as versions.
create table settings_trail (
    account_id          bigint not null,
    entry_id            bigint generated always as identity,
    area                text not null check (area in ('currency', 'writeBack', 'tasks', 'notices')),
    made_by             text not null,
    made_at             timestamptz not null,
    before              jsonb not null,
    after               jsonb not null,
    primary key (account_id, entry_id)
);

create table spend_changes (
    account_id          bigint not null,
    change_id           bigint generated always as identity,
    kind                text not null check (kind in ('cell', 'import', 'undo')),
    made_by             text not null,
    made_at             timestamptz not null,
    note                text not null default '',   -- name of the imported file
    undone_by           text,
    undone_at           timestamptz,
    primary key (account_id, change_id)
);

-- Null: nothing was, or is, entered.
create table spend_change_rows (
    account_id          bigint not null,
    change_id           bigint not null,
    channel             text not null,
    month               date not null,
    before              numeric(18, 2),
    after               numeric(18, 2),
    primary key (account_id, change_id, channel, month)
);

-- A recalculation that a person's change asked for: one that began before it does not answer it.
alter table change_follows add column asked_at timestamptz;
