import type { ClientSum } from './stamp';

export type GapKind = 'noAmount' | 'noDate' | 'noCustomer' | 'noCompany' | 'noCost';

export interface Gap {
  readonly kind: GapKind;
  readonly leads: number;
  readonly money: number;
  readonly isEstimated: boolean;
  readonly isCounted: boolean;
}

export interface Quality {
  readonly leads: number;
  readonly purchases: number;
  readonly averageOrderValue: number | null;
  readonly revenue: number;
  readonly gaps: readonly Gap[];
  readonly choices: readonly { readonly reason: string; readonly leads: number; readonly amount: number | null }[];
  readonly withoutChannel: ClientSum | null;
  readonly costCoverage: number | null;
}
