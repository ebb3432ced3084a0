import type { Calibration, Grade, Stamp } from './stamp';

export interface SeriesScore {
  readonly method: string;
  readonly origins: number;
  readonly mase: number | null;
  readonly smape: number;
}

export interface HoldoutErrors {
  readonly method: string;
  readonly purchasesTotalError: number | null;
  readonly valueMae: number;
  readonly valueTotalError: number | null;
  readonly spearman: number;
  readonly topDecileShare: number;
  readonly intervalCoverage: number | null;
}

export interface ScenarioInputs {
  readonly averageOrderValue: number;
  readonly purchasesPerYear: number;
  readonly lifetimeYears: number;
  readonly maximumLifetimeYears: number;
  readonly marginPercent: number | null;
  readonly newClientsPerMonth: number;
  readonly cac: number | null;
  readonly knownClientsValue: number;
  readonly knownClientsInterval: { readonly low: number; readonly high: number } | null;
}

export interface LearnedForecast {
  readonly asOf: string;
  readonly learnedAt: string;
  readonly chosenAt: string;
  readonly clients: number;
  readonly choice: {
    readonly method: string;
    readonly reason: 'modelWon' | 'combinationWon' | 'simpleWon' | 'tooLittleHistory';
    readonly scores: readonly { readonly method: string; readonly score: number; readonly cuts: number }[];
  } | null;
  readonly backtest: {
    readonly holdoutDays: number;
    readonly customers: number;
    readonly choice: { readonly method: string } | null;
    readonly holdout: readonly HoldoutErrors[];
    readonly grades: readonly Grade[];
  } | null;
  readonly refusal: { readonly reason: 'tooFewCustomers' | 'tooShortHistory' | 'noRepeatPurchases' | 'noUsableMethod'; readonly have: number; readonly need: number } | null;
  readonly calibration: Calibration | null;
}

export interface Forecast {
  readonly stamp: Stamp;
  readonly horizon: { readonly months: number; readonly days: number; readonly isCut: boolean } | null;
  readonly expected: number | null;
  readonly series: {
    readonly months: readonly { readonly month: string; readonly revenue: number; readonly purchases: number }[];
    readonly method: string | null;
    readonly scores: readonly SeriesScore[];
    readonly forecast: readonly { readonly month: string; readonly expected: number; readonly low: number; readonly high: number }[];
    readonly revenueSeasons: { readonly indices: readonly number[]; readonly strength: number };
  };
  readonly clients: LearnedForecast | null;
  readonly scenario: { readonly inputs: ScenarioInputs | null };
}
