-- Steps that ended with their process: asked for whenever a run begins, and counted over all accounts.
create index run_steps_interrupted on run_steps (account_id, step, run_id) where status = 'interrupted';
