-- A reading of an account that fails after its lists leaves the list of users newer than the account: who may what goes by the list.
-- Null: read by a version before this one, whose list is as old as the account.
alter table accounts add column listed_at timestamptz;
