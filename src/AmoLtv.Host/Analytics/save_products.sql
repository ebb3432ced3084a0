-- staged_products into analysed_products: only what differs.
create temporary table seen_products on commit drop as
select @Account::bigint as account_id, staged.* from staged_products staged;

create unique index on seen_products (catalog_id, element_id, scope, customer_id);
analyze seen_products;

delete from analysed_products kept
where kept.account_id = @Account
  and not exists (
      select from seen_products seen
      where seen.catalog_id = kept.catalog_id and seen.element_id = kept.element_id and seen.scope = kept.scope and seen.customer_id = kept.customer_id
        and row(seen.*) is not distinct from row(kept.*));

insert into analysed_products (
    account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day)
select account_id, scope, customer_id, catalog_id, element_id, purchases, days, units, revenue, shared, first_day, last_day from seen_products
on conflict (account_id, catalog_id, element_id, scope, customer_id) do nothing;
