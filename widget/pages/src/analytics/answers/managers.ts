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
