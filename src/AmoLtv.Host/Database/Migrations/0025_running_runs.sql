-- The run under way, or left by a process that died, among the many that are over: asked for whenever a run begins and while a page shows its progress.
create index runs_running on runs (account_id, run_id) where status = 'running';
