-- Forecasts, segments and the bridge beside each customer's result; what recalculates only what changed.

-- The run that last changed the row, or what belongs to it (stage entries of a lead).
alter table leads add column changed_run bigint not null default 0;
alter table companies add column changed_run bigint not null default 0;
alter table contacts add column changed_run bigint not null default 0;
create index leads_by_change on leads (account_id, changed_run);
create index companies_by_change on companies (account_id, changed_run);
create index lead_verdicts_by_company on lead_verdicts (account_id, company_id);
create index lead_verdicts_by_contact on lead_verdicts (account_id, contact_id);
-- Verdicts that another day, or a person, may change without the lead changing.
create index lead_verdicts_unsettled on lead_verdicts (account_id, lead_id) where reason in ('outsidePeriod', 'excludedByHand');

-- What the verdicts of an account stand for: leads changed by later runs are not in them yet.
create table verdict_states (
    account_id          bigint primary key,
    run_id              bigint not null,            -- leads changed up to this run are in
    basis               text not null,              -- fingerprint of the settings that decide verdicts
    last_day            date not null               -- purchases count up to it
);

-- Leads by what became of them, kept in step with lead_verdicts.
create table verdict_totals (
    account_id          bigint not null,
    kind                smallint not null,
    reason              text not null,              -- empty where the lead is summed
    leads               bigint not null,
    amount              numeric(20, 2) not null,
    leads_with_contact  bigint not null,
    amount_with_contact numeric(20, 2) not null,
    primary key (account_id, kind, reason)
);

insert into verdict_totals (account_id, kind, reason, leads, amount, leads_with_contact, amount_with_contact)
select account_id, kind, coalesce(reason, ''), count(*), coalesce(sum(amount), 0),
       count(contact_id), coalesce(sum(amount) filter (where contact_id is not null), 0)
from lead_verdicts
group by account_id, kind, coalesce(reason, '');

-- Customers whose verdicts changed since their result was stored.
create table stale_customers (
    account_id          bigint not null,
    scope               smallint not null,
    customer_id         bigint not null,
    is_by_settings      boolean not null,           -- none of their leads changed: other leads count since the settings changed
    primary key (account_id, scope, customer_id)
);

-- Result: the forecast of the horizon, the segments, and why the headline differs from the row before.
alter table customer_values
    add column expected_purchases   double precision,   -- null without a forecast, and so on to total_ltv
    add column purchases_low        int,
    add column purchases_high       int,
    add column purchases_or_none    boolean,            -- whether "no purchase" belongs to the interval beside low to high
    add column repeat_probability   double precision,   -- 0..1
    add column expected_value       numeric(18, 2),     -- PredictedLtv, discounted
    add column value_low            numeric(18, 2),
    add column value_high           numeric(18, 2),
    add column value_or_none        boolean,
    add column value_probability    double precision,   -- of the interval of values, 0..1
    add column next_purchase        date,
    add column total_ltv            numeric(18, 2),
    add column tier                 text,               -- segments are of clients alone
    add column rfm_recency          smallint,
    add column rfm_frequency        smallint,
    add column rfm_monetary         smallint,
    add column rfm_group            text,
    add column lifecycle            text,
    add column ltv_before           numeric(18, 2),     -- headline of the row before, null without one
    add column by_purchases         numeric(18, 2),     -- the bridge: ltv - ltv_before, part by part
    add column by_settings          numeric(18, 2),
    add column by_model             numeric(18, 2),
    add column by_ageing            numeric(18, 2),
    add column digest               bigint not null default 0;  -- of all that was computed but segments and bridge

update customer_values value set tier = standing.tier
from customer_standings standing
where value.to_run is null and standing.account_id = value.account_id
  and standing.scope = value.scope and standing.customer_id = value.customer_id;

-- Rank and share follow from the values themselves: one changed client would have changed the row of every other.
drop table customer_standings;

alter table account_values
    add column settings_version     int,
    add column rules_version        int not null default 0, -- of the formulas it was made with
    add column rates                json,               -- Core's AccountRates but for the channels
    add column learned_run          bigint,             -- whose row of account_models was used; null without a forecast
    add column changed_since        int not null default 0, -- customers changed since that learning
    add column ladder               numeric[] not null default '{}'; -- headlines of clients, the highest first, at most 1,000 evenly spaced places

-- What was learned from an account: a new row when it was learned anew.
create table account_models (
    account_id          bigint not null,
    run_id              bigint not null,
    as_of               date not null,
    is_fixed            boolean not null,           -- the date was fixed by hand
    learned_at          timestamptz not null,
    chosen_at           timestamptz not null,       -- of the method: then, or earlier where it was fitted anew alone
    clients             int not null,
    parameters          json,                       -- Core's ForecastParameters; null where there is no forecast
    backtest            json,                       -- how methods did on the account's own history; null where none was chosen then
    refusal             json,                       -- why there is no forecast, and what is missing; null where there is one
    primary key (account_id, run_id)
);

-- How many clients moved from one segment to another in a run.
create table segment_moves (
    account_id          bigint not null,
    run_id              bigint not null,
    segmentation        text not null check (segmentation in ('tier', 'rfm', 'lifecycle')),
    from_segment        text not null,              -- empty: was no client before
    to_segment          text not null,              -- empty: is no client any more
    clients             int not null,
    value               numeric(20, 2) not null,    -- their headlines together
    primary key (account_id, run_id, segmentation, from_segment, to_segment)
);

-- Analyses of the whole base, one document of a kind and run: managers, channels, losses, drivers, cohorts, retention, series, …
create table account_analyses (
    account_id          bigint not null,
    run_id              bigint not null,
    kind                text not null,
    document            json not null,
    calculated_at       timestamptz not null,
    primary key (account_id, run_id, kind)
);

-- The stage from which a lead was lost the last time, from the CRM's events; no row where nobody saw.
create table lead_losses (
    account_id          bigint not null,
    lead_id             bigint not null,
    pipeline_id         bigint not null,
    status_id           bigint not null,
    lost_at             timestamptz not null,
    primary key (account_id, lead_id)
);

-- Up to when the events of lost leads were read to the end.
create table loss_cursors (
    account_id          bigint primary key,
    read_until          timestamptz not null
);
