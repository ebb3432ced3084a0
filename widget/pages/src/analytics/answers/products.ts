import type { Stamp } from './stamp';

/** An element of one of the account's lists. */
export interface ProductId {
  readonly catalog: number;
  readonly element: number;
}

export interface Product {
  readonly product: ProductId;
  readonly purchases: number;
  readonly clients: number;
  readonly units: number;
  readonly revenue: number;
  /** Of the revenue, what was shared out among several products of one purchase. */
  readonly sharedRevenue: number;
  readonly repeated: number;
  readonly repeatShare: number;
  readonly buyers: { readonly count: number; readonly mean: number; readonly interval: { readonly low: number; readonly high: number } | null };
  readonly othersMean: number | null;
}

/** What was bought later by how many, and how sure that is; shares 0…1. */
export interface NextPurchase {
  readonly after: ProductId;
  readonly product: ProductId;
  readonly clients: number;
  readonly followers: number;
  readonly candidates: number;
  readonly share: { readonly share: number; readonly low: number; readonly high: number };
  readonly usual: number;
  readonly lift: number;
}

export interface Offer {
  readonly after: ProductId;
  readonly product: ProductId;
  readonly candidates: number;
  /** Null for who may not see all clients. */
  readonly evidence: NextPurchase | null;
}

/** By `catalog:element`. */
export type ProductNames = Readonly<Record<string, { readonly name: string; readonly isGone: boolean }>>;

export interface Products {
  readonly stamp: Stamp;
  readonly document: {
    readonly state: 'notRead' | 'noCatalog' | 'refused' | 'notLinked' | 'found';
    readonly clients: number;
    readonly buyers: number;
    readonly cover: { readonly purchases: number; readonly linked: number; readonly revenue: number; readonly linkedRevenue: number } | null;
    readonly products: readonly Product[];
    readonly more: number;
    readonly moreRevenue: number;
    readonly next: {
      readonly refusal: { readonly reason: 'tooFewClients' | 'tooFewReturns' | 'tooFewBuyers'; readonly have: number | null; readonly need: number } | null;
      readonly compared: number;
      readonly found: readonly NextPurchase[];
    };
  };
  readonly offers: readonly Offer[];
  readonly names: ProductNames;
}
