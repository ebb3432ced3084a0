-- What clients buy: products of leads, the lists they come from, and what the analyses found of them.

-- [[list, element, quantity, price field or null], …] in order of both numbers; null where the lead has none.
alter table leads add column products jsonb;

-- How the account's lists were read last: found, none (it has no list of goods), refused (the CRM does not show them).
create table catalog_readings (
    account_id          bigint not null,
    read_at             timestamptz not null,
    outcome             text not null check (outcome in ('found', 'none', 'refused')),
    primary key (account_id)
);

create table catalogs (
    account_id          bigint not null,
    catalog_id          bigint not null,
    name                text not null,
    type                text not null,
    is_sold             boolean not null,           -- its elements are what clients buy
    primary key (account_id, catalog_id)
);

-- Products that were met on leads; a name is read when it is new and then once a week.
create table products (
    account_id          bigint not null,
    catalog_id          bigint not null,
    element_id          bigint not null,
    name                text not null default '',
    price               numeric(18, 2),             -- of the field coded PRICE
    prices              jsonb not null default '{}',  -- of all its price fields: {"field id": price}
    is_gone             boolean not null default false, -- the list no longer has it; leads still do
    read_at             timestamptz,                -- null: its name is not known yet
    primary key (account_id, catalog_id, element_id)
);

-- What each client bought of each product, as the last analysis saw it: figures and lists of the page are made of it.
create table analysed_products (
    account_id          bigint not null,
    scope               smallint not null,          -- as in analysed_clients
    customer_id         bigint not null,
    catalog_id          bigint not null,
    element_id          bigint not null,
    purchases           int not null,               -- leads
    days                int not null,               -- different days
    units               numeric(24, 6) not null,
    revenue             numeric(18, 2) not null,    -- its part of the leads' amounts
    shared              numeric(18, 2) not null,    -- of that, what leads of several products gave
    first_day           date not null,
    last_day            date not null,
    primary key (account_id, catalog_id, element_id, scope, customer_id)
) partition by hash (account_id);

do $$
begin
    for part in 0..15 loop
        execute format('create table %I partition of analysed_products for values with (modulus 16, remainder %s)', 'analysed_products_' || part, part);
    end loop;
end $$;

create index analysed_products_by_client on analysed_products (account_id, scope, customer_id);
