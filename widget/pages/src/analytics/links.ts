import { hrefOf, type Query } from '../app/route';

/** The list of clients behind a figure, as an address that can be sent on. */
export function clientsHref(filters: Query): string {
  return hrefOf('analytics', 'clients', filters);
}

/** The filter of a channel: a name, or a dash for clients without one. */
export function channelFilter(channel: string | null): string {
  return channel ?? '-';
}

/** The filter of a manager: a number, or a dash for clients of nobody. */
export function userFilter(user: number | null): string {
  return user === null ? '-' : String(user);
}

/** `2026-Q3` of a quarter's first day, `2026-07` of a month's; moved by so many periods. */
export function periodText(start: string, period: 'month' | 'quarter', later = 0): string {
  const [year = 0, month = 1] = start.split('-').map(Number);
  const months = year * 12 + (month - 1) + later * (period === 'month' ? 1 : 3);
  const [atYear, atMonth] = [Math.floor(months / 12), (months % 12) + 1];
  return period === 'month'
    ? `${atYear}-${String(atMonth).padStart(2, '0')}`
    : `${atYear}-Q${Math.ceil(atMonth / 3)}`;
}
