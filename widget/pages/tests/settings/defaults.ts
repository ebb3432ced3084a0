import type { AccountSettings, Catalog, SavedSettings } from '../../src/settings/model';

/** The settings as the service gives them where nothing was saved. */
export const defaults: AccountSettings = {
  wonStages: { pipelines: [], extraStages: [] },
  purchaseDateField: null,
  amountField: null,
  cost: { kind: 'none', field: null, marginPercent: null },
  returns: [],
  periodMonths: null,
  customer: 'companyElseContact',
  cac: { kind: 'none', field: null, targetRatio: 3 },
  channel: { kind: 'none', field: null, tags: [] },
  horizonMonths: 12,
  discountPercent: 0,
  scheduleTime: '03:00:00',
  lifetime: { fixedYears: null, assumedYears: null, maximumYears: 10 },
  headline: 'formula',
  vatIncluded: null,
  tiers: {
    rule: 'share',
    tiers: [
      { code: 'A', name: 'A', color: '#2c8a57', threshold: 80 },
      { code: 'B', name: 'B', color: '#9a6200', threshold: 95 },
      { code: 'C', name: 'C', color: '#7b828c', threshold: null },
    ],
  },
  rfm: { recencyDays: [], purchases: [], value: [] },
  lifecycle: { slippingAfterGaps: 1.5, dormantAfterGaps: 2.5, lostAfterGaps: 4 },
  drivers: { companyFields: [], leadFields: [] },
  eraseAfterUninstall: false,
};

export const hostile = '<img src=x onerror=alert(1)>';

export const catalog: Catalog = {
  pipelines: [
    {
      id: 1, name: 'Продажи', isMain: true, isArchive: false,
      stages: [{ id: 300, name: 'Оплата', leads: 3 }, { id: 142, name: '', leads: 9 }, { id: 143, name: '', leads: 4 }],
    },
    { id: 2, name: hostile, isMain: false, isArchive: false, stages: [{ id: 142, name: hostile, leads: 1 }] },
  ],
  leadFields: [{ id: 7, name: 'Себестоимость', kind: 'number', isRead: true, isOurs: false }],
  companyFields: [],
  channels: [],
};

export function saved(version: number, settings: AccountSettings = defaults): SavedSettings {
  return { version, settings, savedBy: '5', savedAt: '2026-11-21T12:00:00Z', comment: null };
}
