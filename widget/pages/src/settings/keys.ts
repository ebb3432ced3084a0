import type { AccountSettings } from './model';

/**
 * The settings one by one, by the keys the service names in its errors. A key may cover several of the document's
 * properties where people change them together.
 */
interface SettingKey<Value> {
  readonly get: (settings: AccountSettings) => Value;
  readonly set: (settings: AccountSettings, value: Value) => AccountSettings;
}

function key<Value>(get: SettingKey<Value>['get'], set: SettingKey<Value>['set']): SettingKey<Value> {
  return { get, set };
}

export const keys = {
  'wonStages.pipelines': key((s) => s.wonStages.pipelines, (s, pipelines) => ({ ...s, wonStages: { ...s.wonStages, pipelines } })),
  'wonStages.extraStages': key((s) => s.wonStages.extraStages, (s, extraStages) => ({ ...s, wonStages: { ...s.wonStages, extraStages } })),
  purchaseDateField: key((s) => s.purchaseDateField, (s, purchaseDateField) => ({ ...s, purchaseDateField })),
  returns: key((s) => s.returns, (s, returns) => ({ ...s, returns })),
  periodMonths: key((s) => s.periodMonths, (s, periodMonths) => ({ ...s, periodMonths })),
  customer: key((s) => s.customer, (s, customer) => ({ ...s, customer })),
  amountField: key((s) => s.amountField, (s, amountField) => ({ ...s, amountField })),
  'cost.kind': key((s) => s.cost.kind, (s, kind) => ({ ...s, cost: { ...s.cost, kind } })),
  'cost.field': key((s) => s.cost.field, (s, field) => ({ ...s, cost: { ...s.cost, field } })),
  'cost.marginPercent': key((s) => s.cost.marginPercent, (s, marginPercent) => ({ ...s, cost: { ...s.cost, marginPercent } })),
  vatIncluded: key((s) => s.vatIncluded, (s, vatIncluded) => ({ ...s, vatIncluded })),
  'cac.kind': key((s) => s.cac.kind, (s, kind) => ({ ...s, cac: { ...s.cac, kind } })),
  'cac.field': key((s) => s.cac.field, (s, field) => ({ ...s, cac: { ...s.cac, field } })),
  'cac.targetRatio': key((s) => s.cac.targetRatio, (s, targetRatio) => ({ ...s, cac: { ...s.cac, targetRatio } })),
  'channel.kind': key((s) => s.channel.kind, (s, kind) => ({ ...s, channel: { ...s.channel, kind } })),
  'channel.field': key((s) => s.channel.field, (s, field) => ({ ...s, channel: { ...s.channel, field } })),
  'channel.tags': key((s) => s.channel.tags, (s, tags) => ({ ...s, channel: { ...s.channel, tags } })),
  horizonMonths: key((s) => s.horizonMonths, (s, horizonMonths) => ({ ...s, horizonMonths })),
  discountPercent: key((s) => s.discountPercent, (s, discountPercent) => ({ ...s, discountPercent })),
  scheduleTime: key((s) => s.scheduleTime, (s, scheduleTime) => ({ ...s, scheduleTime })),
  'lifetime.fixedYears': key((s) => s.lifetime.fixedYears, (s, fixedYears) => ({ ...s, lifetime: { ...s.lifetime, fixedYears } })),
  'lifetime.assumedYears': key((s) => s.lifetime.assumedYears, (s, assumedYears) => ({ ...s, lifetime: { ...s.lifetime, assumedYears } })),
  'lifetime.maximumYears': key((s) => s.lifetime.maximumYears, (s, maximumYears) => ({ ...s, lifetime: { ...s.lifetime, maximumYears } })),
  headline: key((s) => s.headline, (s, headline) => ({ ...s, headline })),
  tiers: key((s) => s.tiers, (s, tiers) => ({ ...s, tiers })),
  'rfm.recencyDays': key((s) => s.rfm.recencyDays, (s, recencyDays) => ({ ...s, rfm: { ...s.rfm, recencyDays } })),
  'rfm.purchases': key((s) => s.rfm.purchases, (s, purchases) => ({ ...s, rfm: { ...s.rfm, purchases } })),
  'rfm.value': key((s) => s.rfm.value, (s, value) => ({ ...s, rfm: { ...s.rfm, value } })),
  'lifecycle.slippingAfterGaps': key((s) => s.lifecycle.slippingAfterGaps, (s, slippingAfterGaps) => ({ ...s, lifecycle: { ...s.lifecycle, slippingAfterGaps } })),
  'lifecycle.dormantAfterGaps': key((s) => s.lifecycle.dormantAfterGaps, (s, dormantAfterGaps) => ({ ...s, lifecycle: { ...s.lifecycle, dormantAfterGaps } })),
  'lifecycle.lostAfterGaps': key((s) => s.lifecycle.lostAfterGaps, (s, lostAfterGaps) => ({ ...s, lifecycle: { ...s.lifecycle, lostAfterGaps } })),
  'drivers.companyFields': key((s) => s.drivers.companyFields, (s, companyFields) => ({ ...s, drivers: { ...s.drivers, companyFields } })),
  'drivers.leadFields': key((s) => s.drivers.leadFields, (s, leadFields) => ({ ...s, drivers: { ...s.drivers, leadFields } })),
  eraseAfterUninstall: key((s) => s.eraseAfterUninstall, (s, eraseAfterUninstall) => ({ ...s, eraseAfterUninstall })),
} as const;

export type Key = keyof typeof keys;
export type ValueOf<K extends Key> = ReturnType<(typeof keys)[K]['get']>;

/** In the order in which settings are shown. */
export const allKeys = Object.keys(keys) as readonly Key[];

export function valueOf<K extends Key>(settings: AccountSettings, name: K): ValueOf<K> {
  return keys[name].get(settings) as ValueOf<K>;
}

export function withValue<K extends Key>(settings: AccountSettings, name: K, value: ValueOf<K>): AccountSettings {
  return (keys[name].set as (settings: AccountSettings, value: ValueOf<K>) => AccountSettings)(settings, value);
}

/** The key of the form that a key of the service's belongs to: it names the parts of tiers one by one. */
export function formKey(name: string): Key | null {
  const own = name.startsWith('tiers.') ? 'tiers' : name;
  return Object.hasOwn(keys, own) ? (own as Key) : null;
}

/** Where a key is edited: the tab of the settings. */
export const tabOf: Readonly<Record<Key, 'purchases' | 'value' | 'segments' | 'channels'>> = {
  'wonStages.pipelines': 'purchases', 'wonStages.extraStages': 'purchases', purchaseDateField: 'purchases', returns: 'purchases',
  periodMonths: 'purchases', customer: 'purchases', amountField: 'purchases', 'cost.kind': 'purchases', 'cost.field': 'purchases',
  'cost.marginPercent': 'purchases', vatIncluded: 'purchases',
  'cac.kind': 'channels', 'cac.field': 'channels', 'cac.targetRatio': 'channels', 'channel.kind': 'channels', 'channel.field': 'channels',
  'channel.tags': 'channels',
  horizonMonths: 'value', discountPercent: 'value', scheduleTime: 'value', 'lifetime.fixedYears': 'value', 'lifetime.assumedYears': 'value',
  'lifetime.maximumYears': 'value', headline: 'value', 'drivers.companyFields': 'value', 'drivers.leadFields': 'value', eraseAfterUninstall: 'value',
  tiers: 'segments', 'rfm.recencyDays': 'segments', 'rfm.purchases': 'segments', 'rfm.value': 'segments',
  'lifecycle.slippingAfterGaps': 'segments', 'lifecycle.dormantAfterGaps': 'segments', 'lifecycle.lostAfterGaps': 'segments',
};
