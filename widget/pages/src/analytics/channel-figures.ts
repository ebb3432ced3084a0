import type { Channel } from './answers';

export interface TargetFigures {
  readonly allowableCac: number | null;
  readonly prudentCac: number | null;
  readonly headroom: number | null;
}

/** What a channel's client may cost at another target ratio: the service's own arithmetic, so that a slider needs no question to it. */
export function atTarget(row: Channel, target: number, today: number): TargetFigures {
  if (Math.abs(target - today) < 1e-9) return row;
  const cost = row.cac === null ? null : row.cac * row.clientsWithCac;
  const value = cost === null || row.ltvToCac === null ? null : row.ltvToCac * cost;
  return {
    allowableCac: row.clients > 0 ? kopecks(row.ltv.mean / target) : null,
    prudentCac: row.ltv.interval === null ? null : kopecks(row.ltv.interval.low / target),
    headroom: value === null || cost === null ? null : kopecks(value / target - cost),
  };
}

function kopecks(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) * 100) / 100;
}
