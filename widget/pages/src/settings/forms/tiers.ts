import type { AccountSettings, Tier, TierRule } from '../model';

type Tiers = AccountSettings['tiers'];

const colours = ['#2c8a57', '#9a6200', '#7b828c', '#2f5fd0', '#8a4fbf', '#b3372f'] as const;
const most = 6;
const least = 2;

export function mayAdd({ tiers }: Tiers): boolean {
  return tiers.length < most;
}

export function mayRemove({ tiers }: Tiers): boolean {
  return tiers.length > least;
}

/** Another tier before the last one, with a cut between its neighbours. */
export function added(settings: Tiers): Tiers {
  const { tiers, rule } = settings;
  const code = [...'ABCDEFGHIJ'].find((letter) => !tiers.some((tier) => tier.code === letter)) ?? `T${tiers.length + 1}`;
  const before = tiers.at(-2)?.threshold ?? (rule === 'money' ? 100_000 : 80);
  const threshold = rule === 'money' ? Math.max(0, Math.round(before / 2)) : Math.min(100, Math.round((before + 100) / 2));
  const tier: Tier = { code, name: code, color: colours[tiers.length % colours.length] ?? colours[0], threshold };
  return { ...settings, tiers: [...tiers.slice(0, -1), tier, ...tiers.slice(-1)] };
}

/** One less; the last one always takes the rest. */
export function removed(settings: Tiers, code: string): Tiers {
  const tiers = settings.tiers.filter((tier) => tier.code !== code);
  return { ...settings, tiers: tiers.map((tier, index) => (index === tiers.length - 1 ? { ...tier, threshold: null } : tier)) };
}

export function changed(settings: Tiers, code: string, change: Partial<Omit<Tier, 'code'>>): Tiers {
  return { ...settings, tiers: settings.tiers.map((tier) => (tier.code === code ? { ...tier, ...change } : tier)) };
}

/** Percents and money do not stand for each other: with another rule the cuts begin anew where they must. */
export function ruled(settings: Tiers, rule: TierRule): Tiers {
  if ((settings.rule === 'money') === (rule === 'money')) return { ...settings, rule };
  const last = settings.tiers.length - 1;
  const cut = (index: number) => (rule === 'money'
    ? 1_000_000 / 10 ** index
    : last === 2 ? [80, 95][index]! : Math.round((100 * (index + 1)) / (last + 1)));
  return { rule, tiers: settings.tiers.map((tier, index) => ({ ...tier, threshold: index === last ? null : cut(index) })) };
}
