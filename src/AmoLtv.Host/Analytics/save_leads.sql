-- The purchases of the last twelve months and the leads lost in them. Most of a night's rows are yesterday's: both are compared in one pass,
-- and only what differs is touched.
analyze seen_leads;

create temporary table changed_leads on commit drop as
select coalesce(seen.list, kept.list) as list, coalesce(seen.lead_id, kept.lead_id) as lead_id
from seen_leads seen
full join (select * from analysed_leads where account_id = @Account) kept on kept.list = seen.list and kept.lead_id = seen.lead_id
where row(seen.*) is distinct from row(kept.*);

analyze changed_leads;

delete from analysed_leads kept
using changed_leads changed
where kept.account_id = @Account and kept.list = changed.list and kept.lead_id = changed.lead_id;

insert into analysed_leads
select seen.*
from seen_leads seen
join changed_leads changed on changed.list = seen.list and changed.lead_id = seen.lead_id;
