import type { Basis } from '../session';

/** What `/api/analytics` answers; money in the account's currency, days as `YYYY-MM-DD`. */
export interface Stamp {
  readonly run: number;
  readonly calculatedAt: string;
  readonly asOf: string;
  readonly basis: Basis;
  /** Whether the answer is about the caller's own clients alone. */
  readonly isOwn: boolean;
}

export interface ClientSum {
  readonly clients: number;
  readonly value: number;
}

export interface Segment {
  readonly segment: string;
  readonly clients: number;
  readonly value: number;
  readonly clientShare: number;
  readonly valueShare: number;
  readonly clientsChange: number | null;
  readonly valueChange: number | null;
}

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

export interface Grade {
  readonly from: number;
  readonly to: number;
  readonly customers: number;
  readonly expected: number | null;
  readonly bought: number | null;
}

export interface Calibration {
  readonly quality: 'unknown' | 'close' | 'fair' | 'rough';
  readonly customers: number;
  readonly meanError: number | null;
}

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

export interface Tier {
  readonly code: string;
  readonly name: string;
  readonly color: string;
  readonly threshold: number | null;
}

export interface RfmCell extends ClientSum {
  readonly recency: number;
  readonly frequency: number;
  readonly group: string;
  readonly clientsChange: number | null;
  readonly valueChange: number | null;
}

export interface Move extends ClientSum {
  readonly segmentation: 'tier' | 'rfm' | 'lifecycle';
  readonly from: string;
  readonly to: string;
}

export interface Segments {
  readonly stamp: Stamp;
  readonly rule: 'share' | 'percentile' | 'money';
  readonly definitions: readonly Tier[];
  readonly base: ClientSum;
  readonly previousRun: number | null;
  readonly tiers: readonly Segment[];
  readonly rfm: readonly Segment[];
  readonly lifecycle: readonly Segment[];
  readonly cells: readonly RfmCell[];
  readonly moves: readonly Move[];
  readonly nearTiers: number;
}

export interface Cohort {
  readonly start: string;
  readonly clients: number;
  readonly active: readonly number[];
  readonly amounts: readonly number[];
}

export interface Cohorts {
  readonly stamp: Stamp;
  readonly period: 'month' | 'quarter';
  readonly cohorts: readonly Cohort[];
}

export interface Named<T> {
  readonly stamp: Stamp;
  readonly document: T;
  readonly names: AccountNames | null;
}

export interface AccountNames {
  readonly pipelines: Readonly<Record<string, string>>;
  readonly stages: Readonly<Record<string, string>>;
  readonly lossReasons: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

export interface RetentionPoint {
  readonly time: number;
  readonly atRisk: number;
  readonly lost: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Retention {
  readonly clients: number;
  readonly lost: number;
  readonly endYears: number;
  readonly curve: readonly RetentionPoint[];
  readonly renewals: {
    readonly observed: readonly { readonly renewal: number; readonly atRisk: number; readonly renewed: number; readonly modelRate: number | null }[];
    readonly model: { readonly alpha: number; readonly beta: number } | null;
    readonly refusal: string | null;
    readonly holding: number;
    readonly forecast: readonly number[];
  };
}

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

export interface Manager {
  readonly user: number | null;
  readonly won: { readonly purchases: number; readonly value: number };
  readonly grew: {
    readonly value: number;
    readonly earlierValue: number;
    readonly fromNewClients: number;
    readonly grownClients: number;
    readonly shrunkClients: number;
    readonly increase: number;
    readonly increaseOfKnownClients: number;
  };
  readonly holds: {
    readonly clients: number;
    readonly value: number;
    readonly activeClients: number;
    readonly activeValue: number;
    readonly slippingClients: number;
    readonly slippingValue: number;
  };
}

export interface Managers {
  readonly from: string;
  readonly to: string;
  readonly earlierFrom: string;
  readonly earlierTo: string;
  readonly managers: readonly Manager[];
}

export interface Channel {
  readonly channel: string | null;
  readonly clients: number;
  readonly spend: number | null;
  readonly value: number;
  readonly ltv: { readonly count: number; readonly mean: number; readonly interval: { readonly low: number; readonly high: number } | null };
  readonly clientsWithCac: number;
  readonly cac: number | null;
  readonly ltvToCac: number | null;
  readonly paybackMonths: number | null;
  readonly paidBack: number;
  readonly allowableCac: number | null;
  readonly prudentCac: number | null;
  readonly headroomPerClient: number | null;
  readonly headroom: number | null;
}

export interface Channels {
  readonly stamp: Stamp;
  readonly channel: 'none' | 'field' | 'source' | 'tag';
  readonly cac: string;
  readonly document: { readonly targetRatio: number; readonly channels: readonly Channel[] };
}

export interface Loss {
  readonly stage: { readonly pipeline: number; readonly status: number } | null;
  readonly reason: number | null;
  readonly leads: number;
  readonly amount: number;
  readonly clients: number;
  readonly clientsValue: number;
  readonly weight: number;
  readonly share: number;
}

export interface Losses {
  readonly from: string;
  readonly to: string;
  readonly leads: number;
  readonly leadsWithStage: number;
  readonly losses: { readonly byStage: readonly Loss[]; readonly byReason: readonly Loss[]; readonly byStageAndReason: readonly Loss[] };
}

export interface Effect {
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  readonly isClear: boolean;
}

export interface DriverLevel {
  readonly level: string;
  readonly clients: number;
  readonly value: number;
  readonly medianLtv: number;
  readonly effect: Effect | null;
}

export interface Driver {
  readonly name: string;
  readonly clients: number;
  readonly spreadPercent: number | null;
  readonly levels: readonly DriverLevel[];
}

export interface Filters {
  readonly tiers: readonly Tier[];
  readonly channels: readonly string[];
  readonly managers: readonly (number | null)[];
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
