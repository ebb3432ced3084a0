import type { ProductId, ProductNames } from './answers';

/** A product as filters and names call it. */
export function productId(product: ProductId): string {
  return `${product.catalog}:${product.element}`;
}

/** Its name; its number where the CRM has not told the name. */
export function productName(names: ProductNames, product: ProductId | string): string {
  const id = typeof product === 'string' ? product : productId(product);
  const name = names[id]?.name ?? '';
  return name === '' ? `#${id.split(':').at(-1) ?? id}` : name;
}
