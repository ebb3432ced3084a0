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
