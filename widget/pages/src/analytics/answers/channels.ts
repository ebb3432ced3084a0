import type { Stamp } from './stamp';

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
