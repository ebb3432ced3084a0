import type * as Answers from '../../src/analytics/answers';
import { hostile } from '../harness';

const stamp: Answers.Stamp = { run: 5, calculatedAt: '2026-11-22T00:12:00Z', asOf: '2026-11-01', basis: 'revenue', isOwn: false };
const segment = (code: string, clients: number, value: number): Answers.Segment =>
  ({ segment: code, clients, value, clientShare: clients / 10, valueShare: value / 1000, clientsChange: 1, valueChange: -50 });
const grades: readonly Answers.Grade[] = [
  { from: 0, to: 0.2, customers: 60, expected: 0.1, bought: 0.08 }, { from: 0.8, to: 1, customers: 40, expected: 0.9, bought: 0.85 },
];
const quality: Answers.Quality = {
  leads: 30, purchases: 20, averageOrderValue: 50, revenue: 1000,
  gaps: [
    { kind: 'noAmount', leads: 2, money: 100, isEstimated: true, isCounted: false }, { kind: 'noDate', leads: 0, money: 0, isEstimated: false, isCounted: false },
    { kind: 'noCompany', leads: 3, money: 70, isEstimated: false, isCounted: true },
  ],
  choices: [{ reason: 'returned', leads: 1, amount: 10 }, { reason: 'notWon', leads: 4, amount: null }],
  withoutChannel: { clients: 2, value: 30 }, costCoverage: null,
};
const overview = {
  stamp, base: { clients: 10, value: 1000 }, historical: 900, expected: 300, atRisk: { clients: 2, value: 200 },
  lifecycle: [segment('active', 8, 800), segment('slipping', 2, 200)],
  whole: {
    numbers: {
      numbers: {
        basis: 'revenue', periodStart: null, costCoverage: 0, marginPercent: null, clients: 10, clientsEver: 10, lostClients: 1, purchases: 20, revenue: 1000, margin: null,
        averageOrderValue: 50, purchasesPerYear: 1.5, lifetime: { years: 3, source: 'assumed', subjects: 4, events: 1, tauYears: 0, shareBeyondTau: null, isCapped: false },
        formulaLtv: 225, meanOfClientsFormulaLtv: 200, historicalLtv: 1000,
        reconciliation: {
          purchases: 20, revenue: 1000, clientPurchases: 20, clientRevenue: 1000, purchasesWithContact: 5, revenueWithContact: 250, contactPurchases: 5, contactRevenue: 250, agrees: true,
        },
      },
      horizonMonths: 12, listedPurchases: 20, listedRevenue: 1000, clientsWithForecast: 9, lastYear: 500, yearBefore: 400, newClients: 3, newClientsBefore: 5,
    },
    quality,
    days: [{ day: '2026-11-21', clients: 9, value: 950, historical: 880, expected: null }, { day: '2026-11-22', clients: 10, value: 1000, historical: 900, expected: 300 }],
    change: { since: '2026-11-21', clients: 1, value: 50 },
    calibration: { quality: 'close', customers: 100, meanError: 0.03 }, grades,
  },
} satisfies Answers.Overview;

const cell = (recency: number, frequency: number): Answers.RfmCell =>
  ({ recency, frequency, group: 'loyal', clients: recency === 5 ? 2 : 0, value: 200, clientsChange: 1, valueChange: 10 });
const segments: Answers.Segments = {
  stamp, rule: 'share', definitions: [{ code: 'A', name: hostile, color: '#2f5fd0', threshold: 80 }, { code: 'B', name: 'B', color: 'url(javascript:1)', threshold: null }],
  base: { clients: 10, value: 1000 }, previousRun: 4, tiers: [segment('A', 2, 800), segment('B', 8, 200)], rfm: [segment('champions', 10, 1000)],
  lifecycle: [segment('active', 8, 800), segment('slipping', 2, 200)],
  cells: [5, 4, 3, 2, 1].flatMap((recency) => [5, 4, 3, 2, 1].map((frequency) => cell(recency, frequency))),
  moves: [{ segmentation: 'tier', from: '', to: 'A', clients: 1, value: 100 }, { segmentation: 'lifecycle', from: 'active', to: '', clients: 1, value: 5 }], nearTiers: 1,
};
const client: Answers.ClientItem = {
  scope: 1, id: 11, name: hostile, responsible: 3, value: 800, ltv: 800, historical: 700, revenue: 700, purchases: 4, averageOrderValue: 175, expected: 100, expectedLow: 0,
  expectedHigh: 250, repeatProbability: 0.7, nextPurchase: '2026-12-01', firstPurchase: '2025-01-01', lastPurchase: '2026-10-01', tier: 'A', rfm: 'champions', lifecycle: 'active',
  channel: hostile, cac: 10, ltvToCac: 80, nextTier: 'A', missing: 5,
};
const bare: Answers.ClientItem = {
  ...client, scope: 3, id: 12, name: '', responsible: null, ltv: null, averageOrderValue: null, expected: null, expectedLow: null, expectedHigh: null, repeatProbability: null,
  nextPurchase: null, tier: null, rfm: null, lifecycle: null, channel: null, cac: null, ltvToCac: null, nextTier: null, missing: null,
};
const lead: Answers.LeadItem = {
  id: 5, day: '2026-10-01', amount: 100, value: 100, responsible: 3, clientScope: 1, clientId: 11, clientName: hostile, clientValue: 800, pipeline: hostile, stage: hostile, lossReason: hostile,
};
const loss = (stage: Answers.Loss['stage'], reason: number | null): Answers.Loss =>
  ({ stage, reason, leads: 3, amount: 300, clients: 2, clientsValue: 900, weight: 450, share: 0.5 });
const names: Answers.AccountNames = { pipelines: { 7: hostile }, stages: { '7:8': hostile }, lossReasons: { 9: hostile }, fields: { 'company:4': hostile } };
const month = (at: string, revenue: number) => ({ month: at, revenue, purchases: 2 });
const forecast: Answers.Forecast = {
  stamp, horizon: { months: 12, days: 300, isCut: true }, expected: 300,
  series: {
    months: [month('2026-08-01', 100), month('2026-09-01', 120), month('2026-10-01', 90)], method: 'naive', scores: [{ method: 'naive', origins: 3, mase: null, smape: 20 }],
    forecast: Array.from({ length: 12 }, (_, index) => ({ month: `2027-${String(index + 1).padStart(2, '0')}-01`, expected: 100, low: 50, high: 150 })),
    revenueSeasons: { indices: [0.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], strength: 0.4 },
  },
  clients: {
    asOf: '2026-11-01', learnedAt: '2026-11-01T00:00:00Z', chosenAt: '2026-11-01T00:00:00Z', clients: 10, choice: { method: 'paretoNbd+hiatus', reason: 'combinationWon', scores: [] },
    backtest: {
      holdoutDays: 180, customers: 100, choice: { method: 'hiatus' }, grades,
      holdout: [{ method: 'hiatus', purchasesTotalError: 3, valueMae: 20, valueTotalError: null, spearman: 0.5, topDecileShare: 0.4, intervalCoverage: null }],
    },
    refusal: null, calibration: { quality: 'close', customers: 100, meanError: 0.03 },
  },
  scenario: {
    inputs: {
      averageOrderValue: 50, purchasesPerYear: 1.5, lifetimeYears: 3, maximumLifetimeYears: 10, marginPercent: 40, newClientsPerMonth: 2, cac: 10, knownClientsValue: 400, knownClientsInterval: null,
    },
  },
};
const managed = (user: number | null): Answers.Manager => ({
  user, won: { purchases: 3, value: 300 },
  grew: { value: 300, earlierValue: 200, fromNewClients: 50, grownClients: 2, shrunkClients: 1, increase: 100, increaseOfKnownClients: 50 },
  holds: { clients: 4, value: 500, activeClients: 3, activeValue: 400, slippingClients: 1, slippingValue: 100 },
});
const channel: Answers.Channel = {
  channel: hostile, clients: 4, spend: 400, value: 4000, ltv: { count: 4, mean: 1000, interval: { low: 600, high: 1500 } }, clientsWithCac: 2, cac: 200, ltvToCac: 5, paybackMonths: 7,
  paidBack: 2, allowableCac: 333.33, prudentCac: 200, headroomPerClient: 133.34, headroom: 266.67,
};

/** What the service answers, by the last part of the path; every name in it means harm. */
export const answers = {
  overview, segments, forecast,
  clients: { items: [client, bare], next: null, total: { count: 2, value: 800 } },
  leads: { items: [lead, { ...lead, id: 6, day: null, amount: null, clientId: null, clientScope: null, clientName: null, responsible: null, pipeline: null, stage: null, lossReason: null }], next: null, total: { count: 2, value: 100 } },
  filters: { tiers: segments.definitions, channels: [hostile], managers: [3, null] } satisfies Answers.Filters,
  cohorts: { stamp, period: 'month', cohorts: [{ start: '2025-01-01', clients: 4, active: [4, 2, 0], amounts: [400, 100, -5] }, { start: '2025-02-01', clients: 2, active: [2, 1], amounts: [50, 10] }] } satisfies Answers.Cohorts,
  retention: {
    stamp, names: null,
    document: {
      clients: 10, lost: 3, endYears: 3.5, curve: [{ time: 0.5, atRisk: 10, lost: 2, share: 0.8, low: 0.5, high: 0.9 }, { time: 2.5, atRisk: 3, lost: 1, share: 0.53, low: 0.2, high: 0.8 }],
      renewals: { observed: [{ renewal: 1, atRisk: 8, renewed: 6, modelRate: 0.7 }, { renewal: 2, atRisk: 0, renewed: 0, modelRate: null }], model: { alpha: 1, beta: 2 }, refusal: null, holding: 6, forecast: [5, 4] },
    },
  } satisfies Answers.Named<Answers.Retention>,
  managers: { stamp, names: null, document: { from: '2025-11-02', to: '2026-11-01', earlierFrom: '2024-11-02', earlierTo: '2025-11-01', managers: [managed(3), managed(null)] } } satisfies Answers.Named<Answers.Managers>,
  channels: { stamp, channel: 'source', cac: 'channelTable', document: { targetRatio: 3, channels: [channel, { ...channel, channel: null, ltv: { count: 1, mean: 5, interval: null }, cac: null, ltvToCac: null, paybackMonths: null, clientsWithCac: 0, headroom: null }] } } satisfies Answers.Channels,
  losses: {
    stamp, names,
    document: { from: '2025-11-02', to: '2026-11-01', leads: 6, leadsWithStage: 3, losses: { byStage: [loss({ pipeline: 7, status: 8 }, null), loss(null, null)], byReason: [loss(null, 9), loss(null, null)], byStageAndReason: [] } },
  } satisfies Answers.Named<Answers.Losses>,
  drivers: {
    stamp, names,
    document: {
      drivers: [
        { name: 'channel', clients: 10, spreadPercent: 12, levels: [{ level: hostile, clients: 6, value: 600, medianLtv: 90, effect: { percent: 20, lowPercent: 5, highPercent: 40, isClear: true } }, { level: '*', clients: 4, value: 10, medianLtv: 1, effect: null }] },
        { name: 'firstPurchase', clients: 10, spreadPercent: null, levels: [{ level: '100..500', clients: 5, value: 5, medianLtv: 1, effect: { percent: -10, lowPercent: -30, highPercent: 9, isClear: false } }, { level: '7', clients: 5, value: 5, medianLtv: 1, effect: null }] },
        { name: 'company:4', clients: 3, spreadPercent: null, levels: [{ level: hostile, clients: 3, value: 5, medianLtv: 1, effect: null }] },
        { name: 'pipeline', clients: 3, spreadPercent: null, levels: [{ level: '7', clients: 3, value: 5, medianLtv: 1, effect: null }] },
      ],
    },
  } satisfies Answers.Named<{ readonly drivers: readonly Answers.Driver[] }>,
  quality: { stamp, names: null, document: quality } satisfies Answers.Named<Answers.Quality>,
  products: {
    stamp,
    document: {
      state: 'found', clients: 10, buyers: 6, cover: { purchases: 20, linked: 8, revenue: 1000, linkedRevenue: 700 },
      products: [
        {
          product: { catalog: 7, element: 1 }, purchases: 5, clients: 4, units: 7.5, revenue: 500, sharedRevenue: 120, repeated: 1, repeatShare: 0.25,
          buyers: { count: 4, mean: 200, interval: null }, othersMean: 33.33,
        },
        {
          product: { catalog: 7, element: 2 }, purchases: 3, clients: 3, units: 3, revenue: 200, sharedRevenue: 0, repeated: 0, repeatShare: 0,
          buyers: { count: 3, mean: 100, interval: { low: 50, high: 180 } }, othersMean: null,
        },
        {
          product: { catalog: 7, element: 3 }, purchases: 1, clients: 1, units: 1, revenue: 0, sharedRevenue: 0, repeated: 0, repeatShare: 0,
          buyers: { count: 1, mean: 0, interval: null }, othersMean: 111,
        },
      ],
      more: 2, moreRevenue: 30,
      next: { refusal: null, compared: 12, found: [] },
    },
    offers: [{
      after: { catalog: 7, element: 1 }, product: { catalog: 7, element: 2 }, candidates: 20,
      evidence: {
        after: { catalog: 7, element: 1 }, product: { catalog: 7, element: 2 }, clients: 40, followers: 20, candidates: 20,
        share: { share: 0.5, low: 0.352, high: 0.648 }, usual: 0.25, lift: 2,
      },
    }],
    names: { '7:1': { name: hostile, isGone: true }, '7:2': { name: 'Сервис', isGone: false } },
  } satisfies Answers.Products,
  tasks: { isEnabled: true, kinds: [{ kind: 'slipping', created: 5, open: 2, completed: 3, boughtSince: 1, value: 400 }] } satisfies Answers.Tasks,
};

const { whole } = overview;
const nobody = { clients: 0, value: 0 };

/** The same of an account that has bought nothing yet. */
export const empty = {
  overview: {
    ...overview, base: nobody, historical: 0, expected: null, atRisk: nobody, lifecycle: [],
    whole: {
      ...whole, days: [], change: null, calibration: null, grades: [], quality: { ...quality, gaps: [], choices: [], revenue: 0, averageOrderValue: null },
      numbers: {
        ...whole.numbers, clientsWithForecast: 0, listedRevenue: 0, lastYear: 0, yearBefore: 0,
        numbers: { ...whole.numbers.numbers, purchases: 0, revenue: 0, averageOrderValue: null, purchasesPerYear: null, formulaLtv: null, meanOfClientsFormulaLtv: null, historicalLtv: 0, reconciliation: { ...whole.numbers.numbers.reconciliation, revenue: 0, clientRevenue: 0 } },
      },
    },
  } satisfies Answers.Overview,
  segments: { ...segments, base: nobody, previousRun: null, tiers: [], rfm: [], lifecycle: [], cells: [], moves: [], nearTiers: 0 } satisfies Answers.Segments,
  clients: { items: [], next: null, total: { count: 0, value: 0 } },
  leads: { items: [], next: null, total: { count: 0, value: 0 } },
  filters: { tiers: [], channels: [], managers: [] } satisfies Answers.Filters,
  cohorts: { ...answers.cohorts, cohorts: [] },
  retention: { ...answers.retention, document: { clients: 0, lost: 0, endYears: 0, curve: [], renewals: { observed: [], model: null, refusal: 'tooFewCustomers', holding: 0, forecast: [] } } } satisfies Answers.Named<Answers.Retention>,
  forecast: {
    ...forecast, horizon: null, expected: null, scenario: { inputs: null },
    series: { months: [], method: null, scores: [], forecast: [], revenueSeasons: { indices: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], strength: 0 } },
    clients: { ...forecast.clients!, choice: null, backtest: null, calibration: null, refusal: { reason: 'tooFewCustomers', have: 0, need: 10 } },
  } satisfies Answers.Forecast,
  managers: { ...answers.managers, document: { ...answers.managers.document, managers: [] } },
  channels: { ...answers.channels, channel: 'none' as const, document: { targetRatio: 3, channels: [] } },
  losses: { ...answers.losses, document: { ...answers.losses.document, leads: 0, leadsWithStage: 0, losses: { byStage: [], byReason: [], byStageAndReason: [] } } },
  drivers: { ...answers.drivers, document: { drivers: [] } },
  quality: { ...answers.quality, document: { ...quality, leads: 0, purchases: 0, averageOrderValue: null, revenue: 0, gaps: [], choices: [], withoutChannel: null } },
  products: {
    ...answers.products, offers: [], names: {},
    document: { state: 'noCatalog', clients: 0, buyers: 0, cover: { purchases: 0, linked: 0, revenue: 0, linkedRevenue: 0 }, products: [], more: 0, moreRevenue: 0, next: { refusal: { reason: 'tooFewClients', have: 0, need: 30 }, compared: 0, found: [] } },
  } satisfies Answers.Products,
  tasks: { isEnabled: false, kinds: [] } satisfies Answers.Tasks,
};
