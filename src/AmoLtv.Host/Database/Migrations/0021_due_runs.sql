-- The moment a schedule set a run for: a scheduler that asks twice, since a process died before it heard of the end, finds it done.
alter table runs add column due_at timestamptz;

create index runs_due on runs (account_id, due_at) where due_at is not null;
