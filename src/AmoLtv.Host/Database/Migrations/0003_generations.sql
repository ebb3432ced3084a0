-- Results in generations: a revaluation that changes most of a base begins a new one, and leaves the rows of the one before as they
-- are. Ending them one by one cost as much as writing the new ones.
alter table customer_values rename to customer_results;

do $$
begin
    for part in 0..15 loop
        execute format('alter table %I rename to %I', 'customer_values_' || part, 'customer_results_' || part);
    end loop;
end $$;

alter table accounts add column generation bigint not null default 0;  -- of the results in force: the run that began it
alter table customer_results
    add column generation bigint not null default 0,
    add column lifecycle_until date;                                    -- day on which silence alone worsens the life-cycle; null: never

-- One index, in which a generation is written from its first customer to its last. An unended row of an earlier generation was
-- ended by the next.
drop index customer_values_in_force;
alter table customer_results drop constraint customer_values_pkey;
alter table customer_results add primary key (account_id, generation, scope, customer_id, from_run);

-- The results in force.
create view customer_values as
select result.*
from customer_results result
join accounts account on account.account_id = result.account_id and account.generation = result.generation
where result.to_run is null;

-- Every result with the run that ended it, null while it is in force.
create view customer_value_history as
select result.account_id, result.scope, result.customer_id, result.from_run,
       coalesce(result.to_run, (
           select min(later.generation) from customer_results later
           where later.account_id = result.account_id and later.generation > result.generation)) as ended_by_run,
       result.purchases, result.revenue, result.historical_ltv, result.expected_value, result.ltv, result.tier, result.lifecycle,
       result.ltv_before, result.by_purchases, result.by_settings, result.by_model, result.by_ageing
from customer_results result;

-- What a revaluation of changed customers starts from.
alter table account_values
    add column totals  json,    -- Core's ClientTotals
    add column borders json,    -- Core's SegmentBorders; null where the base was cut before they were kept
    add column cut_on  date;    -- the day of the life-cycle states
