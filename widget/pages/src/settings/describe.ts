import type { Format } from '../format';
import { type Key, type ValueOf, valueOf } from './keys';
import { changedKeys } from './merge';
import { type AccountSettings, type Catalog, LOST, type StageKey, WON } from './model';
import type { SettingsWords } from './words';
import type { ShellWords } from '../words';

/** What is needed to say a setting's value in words. */
export interface Telling {
  readonly words: SettingsWords;
  readonly count: ShellWords['count'];
  readonly format: Format;
  readonly catalog: Catalog;
}

/** One line of a comparison: `Горизонт прогноза: 12 месяцев → 24 месяца`. */
export interface Difference {
  readonly key: Key;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What one version changes of another, setting by setting, in words. */
export function differences(from: AccountSettings, to: AccountSettings, telling: Telling): readonly Difference[] {
  return changedKeys(from, to).map((key) => ({
    key,
    name: telling.words.keys[key],
    from: valueInWords(key, from, telling),
    to: valueInWords(key, to, telling),
  }));
}

export function stageName({ pipeline, status }: StageKey, { words, catalog }: Pick<Telling, 'words' | 'catalog'>): string {
  const known = catalog.pipelines.find(({ id }) => id === pipeline);
  const stage = known?.stages.find(({ id }) => id === status);
  if (known === undefined || stage === undefined) return words.stageGone(`${pipeline}:${status}`);
  return words.stage(known.name, nameOfStage(stage.id, stage.name, words));
}

export function nameOfStage(id: number, name: string, words: SettingsWords): string {
  return name !== '' ? name : id === WON ? words.won : id === LOST ? words.lost : `#${id}`;
}

export function fieldName(id: number, of: 'lead' | 'company', { words, catalog }: Pick<Telling, 'words' | 'catalog'>): string {
  const field = (of === 'lead' ? catalog.leadFields : catalog.companyFields).find((one) => one.id === id);
  return field?.name ?? words.fieldGone(String(id));
}

type Says = { readonly [K in Key]: (value: ValueOf<K>, telling: Telling) => string };

const list = (names: readonly string[], none: string) => (names.length === 0 ? none : names.join(', '));
const number = (value: number, { format }: Telling) => format.number(value, 2);

const says: Says = {
  'wonStages.pipelines': (ids, { words, catalog }) =>
    list(ids.map((id) => catalog.pipelines.find((one) => one.id === id)?.name ?? `#${id}`), words.all),
  'wonStages.extraStages': (stages, telling) => list(stages.map((stage) => stageName(stage, telling)), telling.words.none),
  purchaseDateField: (id, telling) => (id === null ? telling.words.values.closedAt : fieldName(id, 'lead', telling)),
  returns: (stages, telling) =>
    list(stages.map(({ stage, kind }) => `${stageName(stage, telling)} (${telling.words.kinds.return[kind]})`), telling.words.none),
  periodMonths: (months, { words, count, format }) =>
    (months === null ? words.values.allHistory : words.values.lastMonths(format.count(months, count.months))),
  customer: (kind, { words }) => words.kinds.customer[kind],
  amountField: (id, telling) => (id === null ? telling.words.values.price : fieldName(id, 'lead', telling)),
  'cost.kind': (kind, { words }) => words.kinds.cost[kind],
  'cost.field': (id, telling) => (id === null ? telling.words.none : fieldName(id, 'lead', telling)),
  'cost.marginPercent': (value, telling) => (value === null ? telling.words.none : telling.words.values.percent(number(value, telling))),
  vatIncluded: (value, { words }) => words.kinds.vat[value === null ? 'none' : value ? 'yes' : 'no'],
  'cac.kind': (kind, { words }) => words.kinds.cac[kind],
  'cac.field': (id, telling) => (id === null ? telling.words.none : fieldName(id, 'company', telling)),
  'cac.targetRatio': (value, telling) => telling.words.values.times(number(value, telling)),
  'channel.kind': (kind, { words }) => words.kinds.channel[kind],
  'channel.field': (id, telling) => (id === null ? telling.words.none : fieldName(id, 'lead', telling)),
  'channel.tags': (tags, { words }) => list(tags, words.none),
  horizonMonths: (months, { count, format }) => format.count(months, count.months),
  discountPercent: (value, telling) => telling.words.values.percentAYear(number(value, telling)),
  scheduleTime: (time) => time.slice(0, 5),
  'lifetime.fixedYears': (years, { words, format }) => (years === null ? words.values.estimated : format.years(years)),
  'lifetime.assumedYears': (years, { words, format }) => (years === null ? words.none : format.years(years)),
  'lifetime.maximumYears': (years, { format }) => format.years(years),
  headline: (kind, { words }) => words.kinds.headline[kind],
  tiers: ({ rule, tiers }, { words, format }) => `${words.kinds.tierRule[rule]}: ${tiers.map((tier) => words.values.tier(
    tier.name,
    [tier.threshold === null ? words.values.rest : rule === 'money' ? format.money(tier.threshold) : words.values.percent(format.number(tier.threshold, 2)), tier.color].join(', '),
  )).join(', ')}`,
  'rfm.recencyDays': (cuts, { words, format }) => list(cuts.map((cut) => format.whole(cut)), words.values.quintiles),
  'rfm.purchases': (cuts, { words, format }) => list(cuts.map((cut) => format.whole(cut)), words.values.quintiles),
  'rfm.value': (cuts, { words, format }) => list(cuts.map((cut) => format.money(cut)), words.values.quintiles),
  'lifecycle.slippingAfterGaps': (value, telling) => telling.words.values.gaps(number(value, telling)),
  'lifecycle.dormantAfterGaps': (value, telling) => telling.words.values.gaps(number(value, telling)),
  'lifecycle.lostAfterGaps': (value, telling) => telling.words.values.gaps(number(value, telling)),
  'drivers.companyFields': (ids, telling) => list(ids.map((id) => fieldName(id, 'company', telling)), telling.words.none),
  'drivers.leadFields': (ids, telling) => list(ids.map((id) => fieldName(id, 'lead', telling)), telling.words.none),
  eraseAfterUninstall: (value, { words }) => (value ? words.values.erased : words.values.kept),
};

export function valueInWords(key: Key, settings: AccountSettings, telling: Telling): string {
  return (says[key] as (value: unknown, telling: Telling) => string)(valueOf(settings, key), telling);
}
