-- staged_products into analysed_products: only what differs.
create temporary table seen_products on commit drop as
select @Account::bigint as account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day
from staged_products;

analyze seen_products;

-- Both are compared in one pass: looked at row by row, a million holdings took minutes.
create temporary table changed_products on commit drop as
select coalesce(seen.scope, kept.scope) as scope, coalesce(seen.customer_id, kept.customer_id) as customer_id,
       coalesce(seen.catalog_id, kept.catalog_id) as catalog_id, coalesce(seen.element_id, kept.element_id) as element_id
from seen_products seen
full join (select * from analysed_products where account_id = @Account) kept
    on kept.scope = seen.scope and kept.customer_id = seen.customer_id and kept.catalog_id = seen.catalog_id and kept.element_id = seen.element_id
where row(seen.*) is distinct from row(kept.*);

analyze changed_products;

delete from analysed_products kept
using changed_products changed
where kept.account_id = @Account and kept.scope = changed.scope and kept.customer_id = changed.customer_id
  and kept.catalog_id = changed.catalog_id and kept.element_id = changed.element_id;

insert into analysed_products
select seen.*
from seen_products seen
join changed_products changed
    on changed.scope = seen.scope and changed.customer_id = seen.customer_id and changed.catalog_id = seen.catalog_id and changed.element_id = seen.element_id;
