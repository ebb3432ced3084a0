import type { Change } from '../parts';

/** A change as a figure shows it; growth is good news unless said otherwise, none at all is no news. */
export function changeOf(text: string, amount: number, since?: string, isGrowthGood = true): Change {
  const direction = amount > 0 ? 'up' : amount < 0 ? 'down' : 'flat';
  const tone = direction === 'flat' ? 'none' : (amount > 0) === isGrowthGood ? 'good' : 'risk';
  return { text, direction, tone, ...(since === undefined ? {} : { since }) };
}
