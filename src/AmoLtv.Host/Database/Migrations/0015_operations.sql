-- Runs that people ask for, cancel and look at.

alter table runs
    add column asked_by         bigint,             -- user; null where no person of the CRM asked
    add column cancel_asked_at  timestamptz,        -- read by the run's process while it works
    add column cancel_asked_by  bigint,
    add column error_code       text;               -- what the pages put into words; null where the run did everything

-- A run that is wanted: whichever process is free takes it up, once, and again where that process ended before it was done.
create table run_requests (
    account_id          bigint not null,
    request_id          bigint generated always as identity,
    steps               text[] not null,            -- of the run, in their order
    undoes_run_id       bigint not null default 0,  -- the run whose writes are taken back, else 0
    asked_by            bigint,
    asked_at            timestamptz not null,
    not_before          timestamptz not null default '-infinity',  -- by the database's clock: another run held the account
    attempts            int not null default 0,     -- runs that were begun for it
    status              text not null default 'waiting' check (status in ('waiting', 'begun', 'ended', 'dropped')),
    run_id              bigint,                     -- the latest of them
    primary key (account_id, request_id)
);
-- Asked twice before it is done, it is done once.
create unique index run_requests_open on run_requests (account_id, steps, undoes_run_id) where status in ('waiting', 'begun');
