-- Accounts by the state of their best grant and by how long ago their cards were read.
with known as (
    select coalesce(best.state, 'none') as state,
           greatest(a.synced_at, f.followed_at) as read_at,
           a.connected_at
    from accounts a
    left join change_follows f on f.account_id = a.account_id
    left join lateral (
        select case
                   when g.status = 'lost' then 'lost'
                   when g.suspended_at is not null then 'suspended'
                   else coalesce(g.hindrance, 'connected')
               end as state
        from grants g
        where g.account_id = a.account_id
        order by g.status = 'lost', g.suspended_at is not null, g.hindrance is not null
        limit 1) best on true
),
aged as (
    select state,
           case
               when read_at is null then 'never'
               when read_at > @Now - interval '1 hour' then 'hour'
               when read_at > @Now - interval '1 day' then 'day'
               when read_at > @Now - interval '2 days' then 'two_days'
               when read_at > @Now - interval '7 days' then 'week'
               else 'older'
           end as age,
           coalesce(read_at, connected_at) as since
    from known
)
select state, age, count(*) as accounts, extract(epoch from @Now - min(since))::float8 as oldest_seconds
from aged
group by state, age;

select queue, length, extract(epoch from @Now - since)::float8 as oldest_seconds
from (
    -- Of accounts that are followed: where the connection is lost or rests, nobody can look.
    select 'hooks' as queue, count(*) as length, min(m.received_at) as since
    from change_marks m
    where exists (select from grants g where g.account_id = m.account_id and g.status = 'connected' and g.suspended_at is null)
    union all
    select 'dirty_customers', count(*), null from stale_customers
    union all
    select 'asked_runs', count(*), min(greatest(asked_at, not_before)) from run_requests where status = 'waiting'
    union all
    select 'installs', count(*), min(received_at) from pending_grants where status = 'waiting'
    union all
    select 'notices', count(*), min(not_before) from notices where status in ('waiting', 'sending') and not_before <= @Now
    union all
    -- The scheduler keeps moments as ticks of 100 nanoseconds since the year 1.
    select 'due_runs', count(*), @Now + make_interval(secs => (min(next_fire_time) - @Ticks) / 1e7)
    from qrtz_triggers
    where trigger_group in ('nights', 'now') and trigger_state in ('WAITING', 'BLOCKED') and next_fire_time <= @Ticks
) waiting;

-- A refresh token ends after three months in which it was not used.
select case when refresh_token is null then 'long_lived' else 'pair' end as kind,
       extract(epoch from @Now - min(issued_at))::float8 as oldest_seconds,
       extract(epoch from min(case when refresh_token is null then expires_at else coalesce(issued_at, updated_at) + interval '90 days' end) - @Now)::float8 as remaining_seconds
from grants
where status = 'connected'
group by 1;

select cause, count(*) as circuits from account_circuits where closed_at is null group by cause;

-- Accounts that rest since a step of theirs keeps ending with its process, as the beginning of a run counts it.
select count(distinct account_id)
from (
    select s.account_id
    from run_steps s
    where s.status = 'interrupted'
      and not exists (
          select from run_steps done
          where done.account_id = s.account_id and done.step = s.step and done.run_id > s.run_id and done.status = 'finished')
    group by s.account_id, s.step
    having count(*) > @Forgiven) deadly;

select pg_database_size(current_database());
