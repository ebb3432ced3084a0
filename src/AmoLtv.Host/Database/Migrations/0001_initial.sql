-- Every table begins with account_id, every key too: one account's work touches one partition,
-- and the schema can be spread over several nodes by that column.
-- The exceptions hold what exists before an account is known: oauth_states and pending_grants.

create table accounts (
    account_id          bigint primary key,
    base_uri            text not null,              -- https://acme.amocrm.ru, no trailing slash
    brand               text not null check (brand in ('amocrm', 'kommo')),
    name                text not null default '',   -- of the account, not of a person
    currency            text not null default '',   -- ISO code
    currency_symbol     text not null default '',
    confirmed_currency  text,                       -- what results are in; another one stops recalculation
    time_zone           text not null default 'Europe/Moscow',
    is_filter_enabled   boolean not null default false,
    connected_at        timestamptz not null default now(),
    synced_at           timestamptz,                -- end of the last whole sync
    unreadable_leads    int not null default 0,     -- that this sync could not read: as they were before, or missing
    valued_at           timestamptz,                -- end of the last valuation
    epoch               bigint not null default 0,  -- raised by each run; a run whose epoch is past may write nothing
    lease_holder        text,                       -- backend (pid/start) of the holder's presence connection: ADR 0004
    lease_expires_at    timestamptz
);

create table grants (
    account_id          bigint not null,
    client_id           text not null,              -- of the integration
    access_token        bytea not null,             -- encrypted
    refresh_token       bytea,                      -- encrypted; null for a long-lived token
    expires_at          timestamptz not null,
    granted_by          bigint not null,            -- user
    is_admin            boolean not null,
    status              text not null default 'connected' check (status in ('connected', 'lost')),
    status_reason       text,
    updated_at          timestamptz not null default now(),
    primary key (account_id, client_id)
);

create table oauth_states (
    nonce               text primary key,
    client_id           text not null,
    browser_hash        bytea not null,             -- of the cookie of the browser that began
    created_at          timestamptz not null,
    used_at             timestamptz
);

create table pending_grants (
    pending_grant_id    bigint generated always as identity primary key,
    client_id           text not null,
    base_uri            text not null,
    code                bytea not null,             -- encrypted; valid 20 minutes from received_at; emptied when done
    tokens              bytea,                      -- encrypted; exchanged and not yet trusted
    from_widget         boolean not null,
    received_at         timestamptz not null,
    status              text not null default 'waiting' check (status in ('waiting', 'exchanged', 'refused', 'expired')),
    account_id          bigint,                     -- once known
    refusal             text,                       -- InstallResult: which page says why
    reason              text,                       -- the CRM's words, or what the next attempt waits for
    attempts            int not null default 0,
    not_before          timestamptz not null        -- of the next attempt; while one is under way, when it counts as lost
);

create table pipelines (
    account_id          bigint not null,
    pipeline_id         bigint not null,
    name                text not null,
    sort                int not null,
    is_main             boolean not null,
    is_archive          boolean not null,
    primary key (account_id, pipeline_id)
);

create table stages (
    account_id          bigint not null,
    pipeline_id         bigint not null,
    status_id           bigint not null,
    name                text not null,
    sort                int not null,
    kind                smallint not null,          -- 0 ordinary, 1 unsorted
    primary key (account_id, pipeline_id, status_id)
);

create table users (
    account_id          bigint not null,
    user_id             bigint not null,
    is_admin            boolean not null,
    is_active           boolean not null,
    primary key (account_id, user_id)
);

create table loss_reasons (
    account_id          bigint not null,
    loss_reason_id      bigint not null,
    name                text not null,
    primary key (account_id, loss_reason_id)
);

create table leads (
    account_id          bigint not null,
    lead_id             bigint not null,
    pipeline_id         bigint not null,
    status_id           bigint not null,
    price               numeric(18, 2),
    company_id          bigint,
    main_contact_id     bigint,
    responsible_user_id bigint,
    loss_reason_id      bigint,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    closed_at           timestamptz,
    is_deleted          boolean not null default false,
    fields              jsonb not null default '{}',  -- custom-field values that settings use: {"field id": "value"}
    tags                text[] not null default '{}',
    source              text,
    primary key (account_id, lead_id)
) partition by hash (account_id);

create table companies (
    account_id          bigint not null,
    company_id          bigint not null,
    name                text not null default '',
    responsible_user_id bigint,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    is_deleted          boolean not null default false,
    fields              jsonb not null default '{}',  -- values that settings use, and our own fields as the CRM holds them
    primary key (account_id, company_id)
) partition by hash (account_id);

-- No names, phones or e-mails of people are stored.
create table contacts (
    account_id          bigint not null,
    contact_id          bigint not null,
    company_id          bigint,
    responsible_user_id bigint,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    is_deleted          boolean not null default false,
    fields              jsonb not null default '{}',
    primary key (account_id, contact_id)
) partition by hash (account_id);

-- First time a lead entered a stage other than 142, from the CRM's events: the purchase date of such stages.
create table stage_entries (
    account_id          bigint not null,
    lead_id             bigint not null,
    pipeline_id         bigint not null,
    status_id           bigint not null,
    entered_at          timestamptz not null,
    primary key (account_id, lead_id, pipeline_id, status_id)
);

-- Stages of the settings whose events were read to the end; written after the last page, so a reading that stopped is begun anew.
create table stage_event_cursors (
    account_id          bigint not null,
    pipeline_id         bigint not null,
    status_id           bigint not null,
    read_until          timestamptz not null,
    primary key (account_id, pipeline_id, status_id)
);

create table custom_fields (
    account_id          bigint not null,
    entity_type         smallint not null,          -- 1 contact, 2 lead, 3 company
    field_id            bigint not null,
    name                text not null,
    code                text,
    type                text not null,
    primary key (account_id, entity_type, field_id)
);

create table settings_versions (
    account_id          bigint not null,
    version             int not null,
    settings            jsonb not null,
    saved_by            text not null,
    saved_at            timestamptz not null,
    comment             text,
    primary key (account_id, version)
);

create table lead_exclusions (
    account_id          bigint not null,
    exclusion_id        bigint generated always as identity,
    lead_id             bigint not null,
    comment             text not null,
    excluded_by         text not null,
    excluded_at         timestamptz not null,
    revoked_by          text,
    revoked_at          timestamptz,
    primary key (account_id, exclusion_id)
);
create unique index lead_exclusions_in_force on lead_exclusions (account_id, lead_id) where revoked_at is null;

create table channel_spend (
    account_id          bigint not null,
    channel             text not null,
    month               date not null check (extract(day from month) = 1),
    amount              numeric(18, 2) not null check (amount >= 0),
    primary key (account_id, channel, month)
);

create table runs (
    account_id          bigint not null,
    run_id              bigint generated always as identity,
    epoch               bigint not null,
    cause               text not null,              -- night, connected, manual, command
    steps               text[] not null,            -- of sync, recalculate, write-back; in order
    as_of               date,                       -- fixed by hand, else null
    status              text not null check (status in ('running', 'finished', 'failed', 'cancelled', 'interrupted')),
    started_at          timestamptz not null,
    finished_at         timestamptz,
    error               text,
    primary key (account_id, run_id)
);

create table run_steps (
    account_id          bigint not null,
    run_id              bigint not null,
    step                text not null,
    status              text not null check (status in ('running', 'finished', 'failed', 'cancelled', 'interrupted')),
    done                bigint not null default 0,
    total               bigint,
    note                text,
    counts              jsonb not null default '{}',
    started_at          timestamptz not null,
    finished_at         timestamptz,
    primary key (account_id, run_id, step)
);

-- Where a whole scan of one kind of entity stands; saved in the transaction that saves the page.
create table sync_cursors (
    account_id          bigint not null,
    run_id              bigint not null,            -- of the run that began the scan; a resuming run takes it over
    entity_type         smallint not null,
    began_at            timestamptz not null,
    next_page           int not null,
    last_id             bigint not null,            -- the highest id already stored by this scan
    is_done             boolean not null default false,
    fields              bigint[] not null,          -- custom fields whose values this scan stores; others in the settings: scan anew
    unreadable          int not null default 0,     -- rows the scan could not read so far
    primary key (account_id, entity_type)
);

-- Custom fields whose values the last whole sync stored: settings that need others wait for a sync.
create table synced_fields (
    account_id          bigint not null,
    entity_type         smallint not null,
    field_id            bigint not null,
    primary key (account_id, entity_type, field_id)
);

-- What became of each lead: a purchase, a credit note, or excluded with its reason.
create table lead_verdicts (
    account_id          bigint not null,
    lead_id             bigint not null,
    kind                smallint not null,          -- 0 excluded, 1 purchase, 2 credit note
    reason              text,                       -- why it is not summed; null where it is. A purchase before the
                                                    -- account's period keeps its kind, since histories need it
    purchase_day        date,                       -- in the account's time zone
    amount              numeric(18, 2),
    cost                numeric(18, 2),
    company_id          bigint,
    contact_id          bigint,
    is_in_period        boolean not null default true,
    channel             text,
    primary key (account_id, lead_id)
) partition by hash (account_id);

-- A customer's result, a new row only where it changed: in force from from_run until to_run.
create table customer_values (
    account_id          bigint not null,
    scope               smallint not null,          -- 1 company, 2 contact, 3 contact by purchases without a company
    customer_id         bigint not null,
    from_run            bigint not null,
    to_run              bigint,
    purchases           int not null,
    revenue             numeric(18, 2) not null,    -- of the period, credit notes taken off
    credit_notes        numeric(18, 2) not null,
    margin              numeric(18, 2),             -- null where the account has no costs
    estimated_costs     int not null,               -- purchases whose cost is the account's percent
    historical_ltv      numeric(18, 2) not null,
    average_order_value numeric(18, 2),
    purchases_per_year  double precision,
    lifetime_years      double precision,
    formula_ltv         numeric(18, 2),
    ltv                 numeric(18, 2),             -- the headline
    ltv_kind            text not null,              -- formula, historical, total: which one the headline is
    is_floored          boolean not null,
    no_formula_reason   text,
    first_purchase      date,
    last_purchase       date,
    relationship_months int,
    typical_gap_days    double precision,
    gap_source          text,                       -- own, account, assumed
    is_lost             boolean not null,
    channel             text,
    cac                 numeric(18, 2),
    ltv_to_cac          double precision,
    payback_months      int,
    primary key (account_id, scope, customer_id, from_run)
) partition by hash (account_id);
create unique index customer_values_in_force on customer_values (account_id, scope, customer_id) where to_run is null;

-- Place in the base, of clients alone (scopes 1 and 3); replaced as a set, where it differs.
create table customer_standings (
    account_id          bigint not null,
    scope               smallint not null,
    customer_id         bigint not null,
    rank                int not null,               -- 1 is the most valuable
    top_percent         double precision not null,  -- rank as a share of the clients, 0..100
    share               double precision not null,  -- of the base's value, 0..1
    tier                text not null,
    primary key (account_id, scope, customer_id)
) partition by hash (account_id);

create table account_values (
    account_id          bigint not null,
    run_id              bigint not null,
    as_of               date not null,
    numbers             jsonb not null,             -- Core's AccountValuation
    calculated_at       timestamptz not null,
    primary key (account_id, run_id)
);

-- Which number goes into which custom field: no rows until the admin said yes to the preview.
create table output_fields (
    account_id          bigint not null,
    entity_type         smallint not null,
    output              text not null,              -- ltv, basis, bought, …
    code                text not null,
    field_id            bigint not null,
    is_ours             boolean not null,           -- created by us, else an existing field mapped by the admin
    primary key (account_id, entity_type, output)
);

-- Before and after of every field a run changed. A planned row with sent_at was on its way when its run ended.
create table field_writes (
    account_id          bigint not null,
    run_id              bigint not null,
    entity_type         smallint not null,
    entity_id           bigint not null,
    field_id            bigint not null,
    before              text,
    after               text,
    status              text not null check (status in ('planned', 'confirmed', 'failed')),
    error               text,
    sent_at             timestamptz,
    written_at          timestamptz,
    primary key (account_id, run_id, entity_type, entity_id, field_id)
) partition by hash (account_id);

do $$
declare
    parent text;
begin
    foreach parent in array array['leads', 'companies', 'contacts', 'lead_verdicts', 'customer_values', 'customer_standings', 'field_writes']
    loop
        for part in 0..15 loop
            execute format('create table %I partition of %I for values with (modulus 16, remainder %s)', parent || '_' || part, parent, part);
        end loop;
    end loop;
end $$;

create index leads_by_company on leads (account_id, company_id);
create index leads_by_contact on leads (account_id, main_contact_id);
create index runs_by_start on runs (account_id, started_at desc);
