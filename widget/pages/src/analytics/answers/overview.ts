import type { Basis } from '../../session';
import type { Quality } from './quality';
import type { Calibration, ClientSum, Grade, Segment, Stamp } from './stamp';

export interface Lifetime {
  readonly years: number;
  readonly source: 'estimated' | 'assumed' | 'fixed';
  readonly subjects: number;
  readonly events: number;
  readonly tauYears: number;
  readonly shareBeyondTau: number | null;
  readonly isCapped: boolean;
}

export interface AccountNumbers {
  readonly basis: Basis;
  readonly periodStart: string | null;
  readonly costCoverage: number;
  readonly marginPercent: number | null;
  readonly clients: number;
  readonly clientsEver: number;
  readonly lostClients: number;
  readonly purchases: number;
  readonly revenue: number;
  readonly margin: number | null;
  readonly averageOrderValue: number | null;
  readonly purchasesPerYear: number | null;
  readonly lifetime: Lifetime;
  readonly formulaLtv: number | null;
  readonly meanOfClientsFormulaLtv: number | null;
  readonly historicalLtv: number;
  readonly reconciliation: {
    readonly purchases: number;
    readonly revenue: number;
    readonly clientPurchases: number;
    readonly clientRevenue: number;
    readonly purchasesWithContact: number;
    readonly revenueWithContact: number;
    readonly contactPurchases: number;
    readonly contactRevenue: number;
    readonly agrees: boolean;
  };
}

export interface BaseDay {
  readonly day: string;
  readonly clients: number;
  readonly value: number;
  readonly historical: number;
  readonly expected: number | null;
}

export interface Overview {
  readonly stamp: Stamp;
  readonly base: ClientSum;
  readonly historical: number;
  readonly expected: number | null;
  readonly atRisk: ClientSum;
  readonly lifecycle: readonly Segment[];
  readonly whole: {
    readonly numbers: {
      readonly numbers: AccountNumbers;
      readonly horizonMonths: number;
      readonly listedPurchases: number;
      readonly listedRevenue: number;
      readonly clientsWithForecast: number;
      readonly lastYear: number;
      readonly yearBefore: number;
      readonly newClients: number;
      readonly newClientsBefore: number;
    };
    readonly quality: Quality;
    readonly days: readonly BaseDay[];
    readonly change: { readonly since: string; readonly clients: number; readonly value: number } | null;
    readonly calibration: Calibration | null;
    readonly grades: readonly Grade[];
  } | null;
}

export interface Tasks {
  readonly isEnabled: boolean;
  readonly kinds: readonly {
    readonly kind: 'slipping' | 'tierUp' | 'tierDown';
    readonly created: number;
    readonly open: number;
    readonly completed: number;
    readonly boughtSince: number;
    readonly value: number;
  }[];
}
