-- What the analytics pages list: clients and leads as the last analysis saw them, so that every list sums to the figure it stands behind.

create table analysed_clients (
    account_id          bigint not null,
    scope               smallint not null,          -- 1 company, 3 contact by purchases without a company
    customer_id         bigint not null,
    name                text not null,              -- of the company; empty for a contact
    search              text not null,              -- the same in lower case
    responsible_user_id bigint,
    value               numeric(18, 2) not null,    -- what it adds to the base
    ltv                 numeric(18, 2),             -- the headline
    historical_ltv      numeric(18, 2) not null,
    revenue             numeric(18, 2) not null,
    purchases           int not null,
    average_order_value numeric(18, 2),
    purchases_per_year  double precision,
    expected_value      numeric(18, 2),
    value_low           numeric(18, 2),
    value_high          numeric(18, 2),
    repeat_probability  double precision,
    next_purchase       date,
    first_purchase      date not null,
    last_purchase       date not null,
    tier                text,
    rfm_recency         smallint,
    rfm_frequency       smallint,
    rfm_monetary        smallint,
    rfm_group           text,
    lifecycle           text,
    channel             text,
    channel_key         text,                       -- the same without regard to case and spaces
    cac                 numeric(18, 2),
    ltv_to_cac          double precision,
    payback_months      int,
    next_tier           text,                       -- of a client close to it
    missing             numeric(18, 2),             -- from the next tier
    traits              jsonb not null,             -- levels of the drivers: {"pipeline": "7", "company:12": "Retail"}
    primary key (account_id, scope, customer_id)
) partition by hash (account_id);

-- Purchases of the twelve months of the analyses, and leads lost in them.
create table analysed_leads (
    account_id          bigint not null,
    list                text not null check (list in ('won', 'lost')),
    lead_id             bigint not null,
    day                 date not null,
    amount              numeric(18, 2),             -- below 0 for a credit note
    value               numeric(18, 2),             -- on the account's basis; null for a lost one
    scope               smallint,
    customer_id         bigint,
    responsible_user_id bigint,
    pipeline_id         bigint,                     -- of a lost one where it was lost from; null where nobody saw
    status_id           bigint,
    loss_reason_id      bigint,
    primary key (account_id, list, lead_id)
) partition by hash (account_id);

-- The base day by day, one row for each day on which it was analysed.
create table base_days (
    account_id          bigint not null,
    day                 date not null,              -- in the account's time zone
    run_id              bigint not null,
    clients             int not null,
    value               numeric(20, 2) not null,
    historical          numeric(20, 2) not null,
    expected            numeric(20, 2),             -- null without a forecast
    primary key (account_id, day)
);

do $$
declare
    parent text;
begin
    foreach parent in array array['analysed_clients', 'analysed_leads']
    loop
        for part in 0..15 loop
            execute format('create table %I partition of %I for values with (modulus 16, remainder %s)', parent || '_' || part, parent, part);
        end loop;
    end loop;
end $$;

create index analysed_clients_by_value on analysed_clients (account_id, value, customer_id, scope);
create index analysed_clients_by_user on analysed_clients (account_id, responsible_user_id, value, customer_id, scope);
create index analysed_clients_by_first on analysed_clients (account_id, first_purchase);

-- Leads that an admin can mend: few of many.
create index lead_verdicts_gaps on lead_verdicts (account_id, reason, lead_id)
    where reason in ('noAmount', 'noDate', 'noCustomer', 'otherPipeline', 'returned', 'excludedByHand');
create index lead_verdicts_without_company on lead_verdicts (account_id, lead_id) where company_id is null and kind <> 0;
