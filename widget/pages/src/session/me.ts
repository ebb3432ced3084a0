export type Role = 'admin' | 'analyst' | 'member';
export type Basis = 'revenue' | 'margin';

/** Who looks at which account, and of when its numbers are: `GET /api/me`. */
export interface Me {
  readonly account: {
    readonly id: number;
    readonly name: string;
    /** Origin of the account in the CRM, `https://acme.amocrm.ru`. */
    readonly address: string;
    readonly brand: string;
    readonly currency: string;
    readonly currencySymbol: string | null;
    readonly timeZone: string;
  };
  readonly user: { readonly id: number };
  readonly role: Role;
  /** Null until the account was valued once. */
  readonly basis: Basis | null;
  readonly asOf: string | null;
  readonly valuedAt: string | null;
  readonly connection: { readonly state: string; readonly isWorking: boolean };
}
