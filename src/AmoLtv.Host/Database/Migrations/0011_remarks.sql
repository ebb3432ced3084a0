-- «Цифра неверна»: what users write to the admin about a client's number, from its card.
create table remarks (
    account_id          bigint not null,
    remark_id           bigint generated always as identity,
    scope               smallint not null check (scope in (1, 2)),  -- 1 company, 2 contact
    customer_id         bigint not null,
    user_id             bigint not null,            -- who wrote it
    text                text not null,
    ltv                 numeric(18, 2),             -- the headline that stood there
    as_of               date,                       -- and its day
    written_at          timestamptz not null,
    resolved_at         timestamptz,
    resolved_by         bigint,                     -- user
    answer              text,                       -- the admin's, null where it was resolved without words
    primary key (account_id, remark_id)
);
create index remarks_open on remarks (account_id, remark_id) where resolved_at is null;
create index remarks_by_customer on remarks (account_id, scope, customer_id, user_id, remark_id);
create index remarks_by_user on remarks (account_id, user_id, written_at);
