-- staged_products into analysed_products: only what differs.
create temporary table seen_products on commit drop as
select @Account::bigint as account_id, staged.* from staged_products staged;

-- No index: a base has a million of these, and both statements below read all of them once.
analyze seen_products;

delete from analysed_products kept
where kept.account_id = @Account
  and not exists (
      select from seen_products seen
      where seen.catalog_id = kept.catalog_id and seen.element_id = kept.element_id and seen.scope = kept.scope and seen.customer_id = kept.customer_id
        and row(seen.*) is not distinct from row(kept.*));

insert into analysed_products (
    account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day)
select account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day from seen_products seen
where not exists (
    select from analysed_products kept
    where kept.account_id = @Account
      and kept.catalog_id = seen.catalog_id and kept.element_id = seen.element_id and kept.scope = seen.scope and kept.customer_id = seen.customer_id);
