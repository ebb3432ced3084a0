import type { Headline, UnreadValue } from '../model';

/** An account's numbers by one set of settings. */
export interface PreviewTotals {
  readonly asOf: string;
  readonly basis: 'revenue' | 'margin';
  readonly purchases: number;
  readonly creditNotes: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly revenue: number;
  readonly clients: number;
  readonly averageOrderValue: number | null;
  readonly meanLtv: number | null;
  readonly sumLtv: number;
  readonly expected: number | null;
  readonly purchasesPerYear: number | null;
  readonly lifetimeYears: number;
  readonly formulaLtv: number | null;
  readonly costCoverage: number;
  readonly marginPercent: number | null;
  readonly meanCac: number | null;
  readonly clientsWithCac: number;
  readonly headline: Headline;
  readonly tiers: readonly { readonly code: string; readonly name: string; readonly color: string; readonly clients: number; readonly value: number }[];
  readonly lifecycle: Readonly<Record<string, number>>;
}

export interface PreviewFigures {
  readonly ltv: number | null;
  readonly kind: Headline;
  readonly isFloored: boolean;
  readonly bought: number;
  readonly formulaLtv: number | null;
  readonly expected: number | null;
  readonly purchases: number;
  readonly averageOrderValue: number | null;
  readonly purchasesPerYear: number | null;
  readonly lifetimeYears: number;
  readonly cac: number | null;
  readonly channel: string | null;
  readonly tier: string | null;
  readonly lifecycle: string | null;
}

export interface PreviewVerdict {
  readonly kind: 'purchase' | 'creditNote' | 'excluded';
  readonly reason: string | null;
  readonly day: string | null;
  readonly amount: number | null;
  readonly cost: number | null;
}

export interface PreviewClient {
  readonly why: 'largest' | 'typical' | 'onePurchase' | 'slipping' | 'excludedLeads' | 'next';
  readonly kind: 'company' | 'contact';
  readonly id: number;
  readonly name: string | null;
  readonly old: PreviewFigures | null;
  readonly new: PreviewFigures | null;
  readonly leads: readonly { readonly id: number; readonly old: PreviewVerdict; readonly new: PreviewVerdict }[];
  readonly leadCount: number;
}

export interface PreviewAnswer {
  readonly version: number;
  readonly old: PreviewTotals;
  readonly new: PreviewTotals;
  readonly clients: readonly PreviewClient[];
  readonly leads: number;
  readonly totalLeads: number;
  readonly isWhole: boolean;
  readonly unread: readonly UnreadValue[];
  readonly isForecastKept: boolean;
}
