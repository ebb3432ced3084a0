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
