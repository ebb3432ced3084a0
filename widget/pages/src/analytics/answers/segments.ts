import type { ClientSum, Segment, Stamp, Tier } from './stamp';

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
