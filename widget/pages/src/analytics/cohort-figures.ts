import type { Cohort } from './answers';

export type Measure = 'share' | 'clients' | 'money' | 'cumulative';

/** A cell of the heat map; null where the period has not come yet. */
export function cellOf(cohort: Cohort, period: number, measure: Measure): number | null {
  const active = cohort.active[period];
  if (active === undefined) return null;
  switch (measure) {
    case 'clients': return active;
    case 'share': return cohort.clients > 0 ? active / cohort.clients : null;
    case 'money': return cohort.amounts[period] ?? null;
    case 'cumulative': return cohort.clients > 0 ? sumTo(cohort.amounts, period) / cohort.clients : null;
  }
}

/** Share of clients that bought so many periods after their first purchase, over the cohorts that have reached it. */
export function activeShares(cohorts: readonly Cohort[]): readonly { readonly share: number; readonly clients: number }[] {
  const periods = Math.max(0, ...cohorts.map((cohort) => cohort.active.length));
  return Array.from({ length: periods }, (_, period) => {
    const reached = cohorts.filter((cohort) => cohort.active.length > period);
    const clients = reached.reduce((sum, cohort) => sum + cohort.clients, 0);
    const active = reached.reduce((sum, cohort) => sum + (cohort.active[period] ?? 0), 0);
    return { share: clients > 0 ? active / clients : 0, clients };
  });
}

/** Cumulative value of a client by year of the first purchase, as far as all cohorts of that year have got. */
export function cumulativeByYear(cohorts: readonly Cohort[]): readonly { readonly year: string; readonly values: readonly number[] }[] {
  const years = [...new Set(cohorts.map((cohort) => cohort.start.slice(0, 4)))].sort();
  return years.map((year) => {
    const own = cohorts.filter((cohort) => cohort.start.startsWith(year));
    const clients = own.reduce((sum, cohort) => sum + cohort.clients, 0);
    const periods = Math.min(...own.map((cohort) => cohort.amounts.length));
    const values = Array.from({ length: periods }, (_, period) => own.reduce((sum, cohort) => sum + sumTo(cohort.amounts, period), 0) / clients);
    return { year, values };
  }).filter(({ values }) => values.length > 0);
}

function sumTo(amounts: readonly number[], period: number): number {
  return amounts.slice(0, period + 1).reduce((sum, amount) => sum + amount, 0);
}
