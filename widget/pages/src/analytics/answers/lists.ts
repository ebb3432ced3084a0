import type { Tier } from './stamp';

export interface Filters {
  readonly tiers: readonly Tier[];
  readonly channels: readonly string[];
  readonly managers: readonly (number | null)[];
}

export interface ClientItem {
  readonly scope: 1 | 3;
  readonly id: number;
  readonly name: string;
  readonly responsible: number | null;
  readonly value: number;
  readonly ltv: number | null;
  readonly historical: number;
  readonly revenue: number;
  readonly purchases: number;
  readonly averageOrderValue: number | null;
  readonly expected: number | null;
  readonly expectedLow: number | null;
  readonly expectedHigh: number | null;
  readonly repeatProbability: number | null;
  readonly nextPurchase: string | null;
  readonly firstPurchase: string;
  readonly lastPurchase: string;
  readonly tier: string | null;
  readonly rfm: string | null;
  readonly lifecycle: string | null;
  readonly channel: string | null;
  readonly cac: number | null;
  readonly ltvToCac: number | null;
  readonly nextTier: string | null;
  readonly missing: number | null;
}

export interface LeadItem {
  readonly id: number;
  readonly day: string | null;
  readonly amount: number | null;
  readonly value: number | null;
  readonly responsible: number | null;
  readonly clientScope: 1 | 3 | null;
  readonly clientId: number | null;
  readonly clientName: string | null;
  readonly clientValue: number | null;
  readonly pipeline: string | null;
  readonly stage: string | null;
  readonly lossReason: string | null;
}

export interface ListTotal {
  readonly total: { readonly count: number; readonly value: number } | null;
}
