import type { Basis } from '../../session';

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

export interface Tier {
  readonly code: string;
  readonly name: string;
  readonly color: string;
  readonly threshold: number | null;
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
