import { describe, expect, test } from 'vitest';
import { createFormat } from '../../src/format';
import { added, mayAdd, mayRemove, removed, ruled } from '../../src/settings/forms/tiers';
import { leadNumber } from '../../src/settings/lists/lead-number';
import { accountLines, clientLines } from '../../src/settings/preview/lines';
import type { PreviewFigures, PreviewTotals } from '../../src/settings/preview/model';
import { gridOf, monthAfter, monthsUntil, withCell } from '../../src/settings/spend/grid';
import { isDrafting, isStep, stepAfter, stepBefore, steps } from '../../src/settings/wizard/steps';
import { settingsWords } from '../../src/settings/words';
import { isEmpty, recommended, stopped, type WriteBackDocument, type WriteBackOutput, wishOf } from '../../src/settings/writing/model';
import { shellWords } from '../../src/words';
import { defaults } from './defaults';

const told = {
  words: settingsWords.ru, shell: shellWords.ru,
  format: createFormat({ language: 'ru', words: shellWords.ru, currency: { code: 'RUB', symbol: '₽' }, timeZone: 'UTC' }),
};

describe('Tiers', () => {
  test('get another one before the last, with a cut between its neighbours', () => {
    const tiers = added(defaults.tiers).tiers;

    expect(tiers.map(({ code, threshold }) => [code, threshold])).toEqual([['A', 80], ['B', 95], ['D', 98], ['C', null]]);
  });

  test('lose one, and the last always takes the rest', () => {
    expect(removed(defaults.tiers, 'C').tiers.map(({ code, threshold }) => [code, threshold])).toEqual([['A', 80], ['B', null]]);
  });

  test('are never fewer than two or more than six', () => {
    const two = removed(defaults.tiers, 'B');
    const six = added(added(added(defaults.tiers)));

    expect([mayRemove(two), mayAdd(two), mayRemove(six), mayAdd(six)]).toEqual([false, true, true, false]);
    expect(new Set(six.tiers.map(({ code }) => code)).size).toBe(6);
  });

  test('keep percents between rules of percents, and begin anew with money, falling', () => {
    expect(ruled(defaults.tiers, 'percentile').tiers).toEqual(defaults.tiers.tiers);
    expect(ruled(defaults.tiers, 'money').tiers.map(({ threshold }) => threshold)).toEqual([1_000_000, 100_000, null]);
    expect(ruled(ruled(defaults.tiers, 'money'), 'share').tiers.map(({ threshold }) => threshold)).toEqual([80, 95, null]);
  });
});

describe('The table of spend', () => {
  const table = { items: [{ channel: 'ads', month: '2026-03-01', amount: 0.1 }, { channel: 'seo', month: '2026-03-01', amount: 0.2 }], channels: [{ name: 'ADS', purchases: 3 }, { name: 'mail', purchases: 1 }] };

  test('has a row for each channel once, whatever its letters, and sums kopecks exactly', () => {
    const grid = gridOf(table, ['2026-03-01', '2026-04-01'], ['Seo', 'new']);

    expect(grid.rows.map((row) => row.channel)).toEqual(['ads', 'seo', 'mail', 'new']);
    expect(grid.totals).toEqual([0.3, 0]);
    expect(grid.rows[0]!.cells).toEqual([0.1, null]);
  });

  test('changes one cell, and empties it', () => {
    expect(gridOf(withCell(table, 'ads', '2026-03-01', 5), ['2026-03-01']).total).toBe(5.2);
    expect(withCell(table, 'ads', '2026-03-01', null).items).toEqual([table.items[1]]);
  });

  test('goes over the turn of a year', () => {
    expect(monthsUntil('2026-02-15', 3)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
    expect(monthAfter('2026-01-01', -12)).toBe('2025-01-01');
    expect(monthAfter('2026-11-20', 2)).toBe('2027-01-01');
  });
});

describe('The number of a deal', () => {
  test.each([
    ['123', 123], [' #123 ', 123], ['№ 123', 123], ['https://acme.amocrm.ru/leads/detail/123', 123], ['https://acme.amocrm.ru/leads/detail/123?tab=1', 123],
    ['', null], ['0', null], ['12a', null], ['-5', null], ['https://acme.amocrm.ru/contacts/detail/123', null], ['javascript:alert(1)', null], ['9'.repeat(20), null],
  ])('in %j is %j', (text, number) => expect(leadNumber(text)).toBe(number));
});

describe('The wizard', () => {
  test('goes through its steps, and not back over what is saved', () => {
    expect(stepAfter('purchases')).toBe('money');
    expect(stepAfter('done')).toBe('done');
    expect(stepBefore('purchases')).toBeNull();
    expect(stepBefore('preview')).toBe('horizon');
    expect(stepBefore('fields')).toBeNull();
    expect(steps.filter(isDrafting)).toEqual(['purchases', 'money', 'customers', 'channels', 'horizon', 'preview']);
  });

  test('is resumed only at a step it has', () => {
    expect([isStep('money'), isStep('constructor'), isStep(3)]).toEqual([true, false, false]);
  });
});

describe('What is written back', () => {
  const output = (entity: WriteBackOutput['entity'], name: string, isOn: boolean, field: number | null = isOn ? 1 : null): WriteBackOutput => ({
    entity, output: name, code: name, type: 'numeric', fieldName: name, field, isOurs: true, isOn, offReason: isOn || field === null ? null : 'admin', trouble: null,
  });
  const document = (outputs: readonly WriteBackOutput[]): WriteBackDocument =>
    ({ isEnabled: outputs.some((one) => one.isOn), cardsPerMinute: null, minutesARun: 120, pausedByRun: null, language: null, outputs, seen: 'abc' });

  test('is as recommended where nothing was ever chosen', () => {
    expect(wishOf(document([output('company', 'ltv', false)]))).toEqual(recommended);
  });

  test('is what is on, once chosen, though that be nothing', () => {
    expect(wishOf(document([output('company', 'ltv', true), output('contact', 'ltv', true), output('lead', 'tier', true)]))).toEqual({ customers: ['ltv'], leads: ['tier'] });
    expect(wishOf(document([output('company', 'ltv', false, 9)]))).toEqual({ customers: [], leads: [] });
  });

  test('is nothing where only its moment is left', () => {
    expect([isEmpty({ customers: ['calculated_at'], leads: [] }), isEmpty({ customers: ['ltv'], leads: [] })]).toEqual([true, false]);
  });

  test('names what would stop', () => {
    expect(stopped(document([output('company', 'ltv', true), output('lead', 'ltv', true)]), { customers: ['ltv'], leads: [] }).map((one) => one.entity)).toEqual(['lead']);
  });
});

describe('The preview', () => {
  const totals: PreviewTotals = {
    asOf: '2026-11-01', basis: 'revenue', purchases: 10, creditNotes: 0, excluded: { notWon: 2, noAmount: 1 }, revenue: 1000, clients: 4, averageOrderValue: 100,
    meanLtv: 250, sumLtv: 1000, expected: null, purchasesPerYear: 2.5, lifetimeYears: 3, formulaLtv: 750, costCoverage: 0, marginPercent: null, meanCac: null,
    clientsWithCac: 0, headline: 'formula', tiers: [], lifecycle: {},
  };

  test('marks the numbers that change and leaves out those nobody has', () => {
    const lines = accountLines(totals, { ...totals, purchases: 11, basis: 'margin' }, told);

    expect(lines.filter((line) => line.isChanged).map((line) => line.id)).toEqual(['purchases', 'basis']);
    expect(lines.map((line) => line.id)).not.toContain('expected');
    expect(lines.find((line) => line.id === 'excluded')?.old).toBe('3');
  });

  test('says of a client that is none by the draft that it is none', () => {
    const client: PreviewFigures = {
      ltv: 500, kind: 'formula', isFloored: false, bought: 300, formulaLtv: 500, expected: null, purchases: 3, averageOrderValue: 100, purchasesPerYear: 1,
      lifetimeYears: 3, cac: null, channel: null, tier: 'A', lifecycle: 'slipping',
    };

    const lines = clientLines(client, null, told);

    expect(lines.find((line) => line.id === 'ltv')).toMatchObject({ old: '500\u00a0₽', new: 'не клиент', isChanged: true });
    expect(lines.find((line) => line.id === 'lifecycle')?.old).toBe('ускользают');
  });
});
