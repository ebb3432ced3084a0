/** The settings as the service keeps them; see its document for what each one means. */
export interface AccountSettings {
  readonly wonStages: { readonly pipelines: readonly number[]; readonly extraStages: readonly StageKey[] };
  readonly purchaseDateField: number | null;
  readonly amountField: number | null;
  readonly cost: { readonly kind: CostKind; readonly field: number | null; readonly marginPercent: number | null };
  readonly returns: readonly ReturnStage[];
  readonly periodMonths: number | null;
  readonly customer: CustomerRule;
  readonly cac: { readonly kind: CacKind; readonly field: number | null; readonly targetRatio: number };
  readonly channel: { readonly kind: ChannelKind; readonly field: number | null; readonly tags: readonly string[] };
  readonly horizonMonths: number;
  readonly discountPercent: number;
  /** `03:00:00`. */
  readonly scheduleTime: string;
  readonly lifetime: { readonly fixedYears: number | null; readonly assumedYears: number | null; readonly maximumYears: number };
  readonly headline: Headline;
  readonly vatIncluded: boolean | null;
  readonly tiers: { readonly rule: TierRule; readonly tiers: readonly Tier[] };
  readonly rfm: { readonly recencyDays: readonly number[]; readonly purchases: readonly number[]; readonly value: readonly number[] };
  readonly lifecycle: { readonly slippingAfterGaps: number; readonly dormantAfterGaps: number; readonly lostAfterGaps: number };
  readonly drivers: { readonly companyFields: readonly number[]; readonly leadFields: readonly number[] };
  readonly eraseAfterUninstall: boolean;
}

export type CostKind = 'none' | 'field' | 'fixedMargin';
export type CacKind = 'none' | 'companyField' | 'channelTable';
export type ChannelKind = 'none' | 'field' | 'source' | 'tag';
export type CustomerRule = 'companyElseContact' | 'companyOnly' | 'contactOnly';
export type Headline = 'formula' | 'historical' | 'total';
export type TierRule = 'share' | 'percentile' | 'money';
export type ReturnKind = 'reversal' | 'creditNote';

export interface StageKey {
  readonly pipeline: number;
  readonly status: number;
}

export interface ReturnStage {
  readonly stage: StageKey;
  readonly kind: ReturnKind;
}

export interface Tier {
  readonly code: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly threshold: number | null;
}

export interface SavedSettings {
  readonly version: number;
  readonly settings: AccountSettings;
  readonly savedBy: string;
  readonly savedAt: string | null;
  readonly comment: string | null;
}

export interface UnreadValue {
  readonly entity: 'lead' | 'company' | 'contact';
  readonly field: number | null;
  readonly stage: StageKey | null;
}

export interface SettingsDocument {
  readonly saved: SavedSettings;
  readonly defaults: AccountSettings;
  readonly warnings: readonly { readonly key: string; readonly problem: string; readonly allowed: string }[];
  readonly unread: readonly UnreadValue[];
  readonly currency: { readonly code: string; readonly symbol: string; readonly confirmed: string | null };
  readonly isValued: boolean | null;
  readonly valuedAt: string | null;
}

export interface CatalogField {
  readonly id: number;
  readonly name: string;
  readonly kind: 'number' | 'date' | 'text';
  readonly isRead: boolean;
  readonly isOurs: boolean;
}

export interface CatalogPipeline {
  readonly id: number;
  readonly name: string;
  readonly isMain: boolean;
  readonly isArchive: boolean;
  readonly stages: readonly { readonly id: number; readonly name: string; readonly leads: number }[];
}

export interface Catalog {
  readonly pipelines: readonly CatalogPipeline[];
  readonly leadFields: readonly CatalogField[];
  readonly companyFields: readonly CatalogField[];
  readonly channels: readonly { readonly name: string; readonly purchases: number }[];
}

/** When a saved change is in the numbers. */
export interface Freshness {
  readonly when: 'soon' | 'afterReading' | 'night' | 'unchanged';
  readonly at: string | null;
}

/** Statuses that every pipeline has. */
export const WON = 142;
export const LOST = 143;

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
