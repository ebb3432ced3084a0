import { expect, test } from 'vitest';
import type { Channel, Cohort, Grade, LearnedForecast, ScenarioInputs, Segment } from '../../src/analytics/answers';
import { atTarget } from '../../src/analytics/channel-figures';
import { activeShares, cellOf, cumulativeByYear } from '../../src/analytics/cohort-figures';
import { csvText } from '../../src/analytics/csv';
import { gradeToTell, moneyTest } from '../../src/analytics/Grades';
import { periodText } from '../../src/analytics/links';
import { methodName } from '../../src/analytics/methods';
import { lastYearOf } from '../../src/analytics/Overview';
import { monthly, shareAt } from '../../src/analytics/Retention';
import { figuresOf, moved, type Moves, type ScenarioFigures, unmoved } from '../../src/analytics/scenario';
import { heatOf } from '../../src/analytics/Segments';
import { inOrder, lifecycleTone, segmentName } from '../../src/analytics/segments';
import { analyticsWords } from '../../src/analytics/words';
import examples from './scenario-examples.json';

interface Example {
  readonly name: string;
  readonly inputs: ScenarioInputs;
  readonly moves: Moves;
  readonly today: ScenarioFigures;
  readonly moved: ScenarioFigures;
}

// The same file is held against the service's own arithmetic.
test.each(examples as unknown as Example[])('Sliders move an account as the service does: $name', ({ inputs, moves, today, moved: expected }) => {
  for (const [figures, wanted] of [[figuresOf(inputs), today], [figuresOf(moved(inputs, moves)), expected]] as const) {
    for (const key of Object.keys(wanted) as (keyof ScenarioFigures)[]) {
      const value = wanted[key];
      if (value === null) expect(figures[key], key).toBeNull();
      else expect(figures[key], key).toBeCloseTo(value, 2);
    }
  }
});

test('The formula is the worked example, and nothing moves without a slider', () => {
  const inputs: ScenarioInputs = {
    averageOrderValue: 35_000, purchasesPerYear: 1, lifetimeYears: 8 / 12, maximumLifetimeYears: 10, marginPercent: null,
    newClientsPerMonth: 0, cac: null, knownClientsValue: 0, knownClientsInterval: null,
  };
  expect(figuresOf(inputs).ltv).toBe(23_333.33);
  expect(moved(inputs, unmoved)).toEqual(inputs);
});

const cohorts: readonly Cohort[] = [
  { start: '2025-01-01', clients: 4, active: [4, 2, 1], amounts: [400, 100, 50] },
  { start: '2025-04-01', clients: 1, active: [1, 1], amounts: [10, 20] },
  { start: '2026-01-01', clients: 5, active: [5], amounts: [500] },
];

test('A cell of a cohort is counted, shared, summed, or not there yet', () => {
  expect(cellOf(cohorts[0]!, 1, 'clients')).toBe(2);
  expect(cellOf(cohorts[0]!, 1, 'share')).toBe(0.5);
  expect(cellOf(cohorts[0]!, 1, 'money')).toBe(100);
  expect(cellOf(cohorts[0]!, 2, 'cumulative')).toBe(137.5);
  expect(cellOf(cohorts[2]!, 1, 'clients')).toBeNull();
});

test('Shares over cohorts count only cohorts that have got so far', () => {
  expect(activeShares(cohorts)).toEqual([{ share: 1, clients: 10 }, { share: 0.6, clients: 5 }, { share: 0.25, clients: 4 }]);
  expect(activeShares([])).toEqual([]);
});

test('A year is followed as far as all its cohorts have got', () => {
  expect(cumulativeByYear(cohorts)).toEqual([{ year: '2025', values: [82, 106] }, { year: '2026', values: [100] }]);
});

test('Periods of filters follow the calendar', () => {
  expect(periodText('2025-11-01', 'month', 3)).toBe('2026-02');
  expect(periodText('2025-10-01', 'quarter')).toBe('2025-Q4');
  expect(periodText('2025-10-01', 'quarter', 5)).toBe('2027-Q1');
});

test('The last twelve months begin the day after the same day a year before', () => {
  expect(lastYearOf('2026-11-01')).toBe('2025-11-02:2026-11-01');
  expect(lastYearOf('2026-12-31')).toBe('2026-01-01:2026-12-31');
  expect(lastYearOf('2028-02-29')).toBe('2027-03-01:2028-02-29');
});

const channel: Channel = {
  channel: 'ads', clients: 4, spend: 400, value: 4000, ltv: { count: 4, mean: 1000, interval: { low: 600, high: 1500 } }, clientsWithCac: 2, cac: 200,
  ltvToCac: 5, paybackMonths: null, paidBack: 0, allowableCac: 333.33, prudentCac: 200, headroomPerClient: null, headroom: 266.67,
};

test('A target ratio moves what a client may cost', () => {
  expect(atTarget(channel, 3, 3)).toBe(channel);
  expect(atTarget(channel, 4, 3)).toEqual({ allowableCac: 250, prudentCac: 150, headroom: 100 });
  expect(atTarget({ ...channel, cac: null, ltvToCac: null }, 4, 3).headroom).toBeNull();
});

test('Heat is none for nothing and full for the most', () => {
  expect([heatOf(0, 10), heatOf(1, 10), heatOf(5, 10), heatOf(10, 10), heatOf(3, 0)]).toEqual([0, 1, 3, 5, 0]);
});

test('Retention is everybody before the first loss and the last step beyond the end', () => {
  const curve = [{ time: 1, atRisk: 10, lost: 2, share: 0.8, low: 0.5, high: 0.9 }, { time: 2, atRisk: 4, lost: 2, share: 0.4, low: 0.1, high: 0.6 }];
  expect([shareAt(curve, 0.5), shareAt(curve, 1), shareAt(curve, 9)]).toEqual([1, 0.8, 0.4]);
  expect(monthly(curve, 2.5)).toHaveLength(31);
  expect([monthly(curve, 2.5)[11]?.share, monthly(curve, 2.5)[12]?.share, monthly(curve, 2.5)[30]?.share]).toEqual([1, 0.8, 0.4]);
});

test('The grade told is the highest one with enough clients behind it', () => {
  const grade = (from: number, customers: number): Grade => ({ from, to: from + 0.2, customers, expected: from, bought: from });
  expect(gradeToTell([grade(0, 500), grade(0.6, 30), grade(0.8, 5)])?.from).toBe(0.6);
  expect(gradeToTell([grade(0, 3), grade(0.8, 5)])?.from).toBe(0.8);
  expect(gradeToTell([grade(0, 0)])).toBeNull();
});

test('Segments stand from the best to the worst, and an unknown code shows as it is', () => {
  const row = (segment: string): Segment => ({ segment, clients: 1, value: 1, clientShare: 0, valueShare: 0, clientsChange: null, valueChange: null });
  expect(inOrder('lifecycle', ['lost', 'unknown', 'new'].map(row)).map(({ segment }) => segment)).toEqual(['new', 'lost', 'unknown']);
  expect(segmentName(analyticsWords.ru, 'rfm', '<img onerror=1>')).toBe('<img onerror=1>');
  expect([lifecycleTone('slipping'), lifecycleTone(null)]).toEqual(['watch', 'none']);
});

test('A combined method is named by its parts', () => {
  expect(methodName(analyticsWords.ru, 'paretoNbd+hiatus')).toBe('Pareto/NBD + Долго молчит – не купит');
  expect(methodName(analyticsWords.en, 'somethingNew')).toBe('somethingNew');
});

test('No text of a file is a formula, and numbers stay numbers', () => {
  expect(csvText(['a;b', 'n'], [['=1+1', -1.5], [' @x', null], ['say "hi"', 1e3]], 'ru')).toBe('\uFEFF"a;b";n\r\n\'=1+1;-1,5\r\n\' @x;\r\n"say ""hi""";1000\r\n');
  expect(csvText(['n'], [[-1.5], ['-']], 'en')).toBe('\uFEFFn\r\n-1.5\r\n\'-\r\n');
});

test('The sum is judged by the method that was chosen before the hidden days were seen, and a simpler one that came nearer is named', () => {
  const row = (method: string, valueTotalError: number | null) => ({ method, valueTotalError });
  const learned = (holdout: readonly object[], chosenBefore: string | null = 'bgNbd') => ({
    choice: { method: 'mbgCnbd', reason: 'modelWon' },
    backtest: { holdoutDays: 359, choice: chosenBefore === null ? null : { method: chosenBefore }, holdout },
  }) as unknown as LearnedForecast;

  expect(moneyTest(learned([row('bgNbd', 76), row('mbgCnbd', 2), row('lastWindow', -40)]))).toEqual({ error: 0.76, days: 359, simpler: 'lastWindow' });
  expect(moneyTest(learned([row('bgNbd', -8), row('lastWindow', 40)]))).toEqual({ error: -0.08, days: 359, simpler: null });
  expect(moneyTest(learned([row('mbgCnbd', 12)], null))?.error).toBe(0.12);
  expect(moneyTest(learned([row('bgNbd', null)]))).toBeNull();
  expect(moneyTest(null)).toBeNull();
});
