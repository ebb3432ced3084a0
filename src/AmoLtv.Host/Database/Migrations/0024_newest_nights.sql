-- The newest whole calculation of an account, among the many runs that follow its changes: asked for all accounts each half minute.
create index runs_nights on runs (account_id, run_id) where steps @> array['sync', 'recalculate'] and status in ('finished', 'failed');
