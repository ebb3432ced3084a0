-- Write-back that is chosen, spread, previewed and undone; tasks for responsible users; notices to the admin.

-- Language of the texts that go into the CRM; without a row that of the brand: English for Kommo, else Russian.
create table account_languages (
    account_id          bigint primary key,
    language            text not null check (language in ('ru', 'en'))
);

create table write_back_settings (
    account_id          bigint primary key,
    cards_per_minute    int check (cards_per_minute between 1 and 10000),  -- null: as fast as the CRM permits
    minutes_a_run       int not null default 120 check (minutes_a_run between 1 and 1440),  -- at that rate; the rest waits for the next run
    paused_by_run       bigint                      -- the undo since which only a write-back asked for by hand writes
);

-- A field that is off keeps its row: deleted or retyped in the CRM, or not wanted by the admin.
alter table output_fields
    add column is_on        boolean not null default true,
    add column off_reason   text check (off_reason in ('deleted', 'retyped', 'admin')),
    add column off_at       timestamptz;

-- previewed: a dry run alone; skipped: left alone, the reason beside it.
alter table field_writes drop constraint field_writes_status_check;
alter table field_writes add constraint field_writes_status_check
    check (status in ('planned', 'confirmed', 'failed', 'previewed', 'skipped'));
create index field_writes_by_card on field_writes (account_id, entity_type, entity_id, field_id, run_id) where status = 'confirmed';

-- Fields of single cards that something else writes too.
create table field_conflicts (
    account_id          bigint not null,
    entity_type         smallint not null,
    entity_id           bigint not null,
    field_id            bigint not null,
    seen                int not null,               -- how many times in a row
    ours                text,
    theirs              text,
    seen_at             timestamptz not null,       -- the last time
    stopped_at          timestamptz,                -- since then the field of this card is left alone
    primary key (account_id, entity_type, entity_id, field_id)
);

-- Runs that took back what another one wrote.
create table undos (
    account_id          bigint not null,
    run_id              bigint not null,
    undone_run_id       bigint not null,
    primary key (account_id, run_id)
);

create table task_settings (
    account_id          bigint primary key,
    is_enabled          boolean not null default false,
    daily_cap           int not null default 20 check (daily_cap between 1 and 1000),
    top_tiers           int not null default 1 check (top_tiers between 1 and 6),  -- how many tiers from the top count as valuable
    on_slipping         boolean not null default true,
    on_tier             boolean not null default true,
    due_days            int not null default 1 check (due_days between 0 and 60),
    seen_run            bigint                      -- moves up to this run were looked at
);

-- A task for the responsible user, once for each reason; stored before it is sent.
create table customer_tasks (
    account_id          bigint not null,
    scope               smallint not null,
    customer_id         bigint not null,
    reason              text not null,              -- slipping:2026-05-04, tier:A>B:2026-05-04 (the last purchase before it)
    kind                text not null check (kind in ('slipping', 'tierUp', 'tierDown')),
    from_segment        text not null,
    to_segment          text not null,
    value               numeric(18, 2) not null,    -- the headline; the most valuable go first
    marker              text not null,              -- stands in the task's text: by it a task is found again
    status              text not null check (status in ('waiting', 'sending', 'created', 'failed', 'dropped')),
    found_run           bigint not null,
    found_at            timestamptz not null,
    sent_at             timestamptz,
    task_id             bigint,
    responsible_user_id bigint,
    error               text,
    outcome             text check (outcome in ('open', 'completed', 'gone')),
    completed_at        timestamptz,
    result              text,                       -- what the user wrote when completing it
    read_at             timestamptz,
    primary key (account_id, scope, customer_id, reason)
);
create index customer_tasks_by_status on customer_tasks (account_id, status);

create table notice_settings (
    account_id          bigint primary key,
    is_in_crm           boolean not null default true,
    email               text,
    webhook_url         text,
    webhook_secret      bytea                       -- encrypted
);

-- Something the admin has to know, from when it began until it was over.
create table incidents (
    account_id          bigint not null,
    kind                text not null check (kind in ('nightFailed', 'connectionLost', 'fieldOff', 'fieldConflict')),
    opened_at           timestamptz not null,
    detail              text not null,              -- the reason in the service's words
    closed_at           timestamptz,
    primary key (account_id, kind, opened_at)
);
create unique index incidents_open on incidents (account_id, kind) where closed_at is null;

-- What was told of an incident, where, and how often it was tried.
create table notices (
    account_id          bigint not null,
    kind                text not null,
    opened_at           timestamptz not null,
    channel             text not null check (channel in ('crm', 'email', 'webhook')),
    number              int not null,               -- 0 the first, then reminders
    marker              text not null,              -- by it a task of the CRM is found again, and a receiver knows a repeat
    status              text not null check (status in ('waiting', 'sending', 'sent', 'failed', 'dropped')),
    attempts            int not null default 0,
    not_before          timestamptz not null,
    sent_at             timestamptz,
    error               text,
    primary key (account_id, kind, opened_at, channel, number)
);
create index notices_by_status on notices (account_id, status);
