import { render, type ComponentChildren } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageContext, type PageState } from '../../src/app/context';
import { LookContext } from '../../src/app/look';
import { createFormat } from '../../src/format';
import type { Api } from '../../src/session';
import { ApiProblem } from '../../src/session/problem';
import { Names } from '../../src/session/names';
import Purchases from '../../src/settings/forms/Purchases';
import Value from '../../src/settings/forms/Value';
import type { AccountSettings } from '../../src/settings/model';
import { SpendGrid } from '../../src/settings/spend/SpendGrid';
import { TasksPart } from '../../src/settings/telling/TasksPart';
import { Differences } from '../../src/settings/versions/Differences';
import { settingsWords } from '../../src/settings/words';
import { shellWords } from '../../src/words';
import { catalog, defaults, hostile, saved } from './defaults';

let place: HTMLElement;

beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  // jsdom has no dialogs.
  HTMLDialogElement.prototype.showModal = vi.fn();
});

afterEach(() => {
  act(() => render(null, place));
  place.remove();
});

const figures = {
  ltv: 500, kind: 'formula', isFloored: false, bought: 300, formulaLtv: 500, expected: null, purchases: 3, averageOrderValue: 100, purchasesPerYear: 1,
  lifetimeYears: 3, cac: null, channel: null, tier: 'A', lifecycle: 'active',
};
const totals = {
  asOf: '2026-11-01', basis: 'revenue', purchases: 10, creditNotes: 0, excluded: { notWon: 2 }, revenue: 1000, clients: 4, averageOrderValue: 100, meanLtv: 250,
  sumLtv: 1000, expected: null, purchasesPerYear: 2.5, lifetimeYears: 3, formulaLtv: 750, costCoverage: 0, marginPercent: null, meanCac: null,
  clientsWithCac: 0, headline: 'formula', tiers: [], lifecycle: {},
};
const preview = {
  version: 1, old: totals, new: totals, leads: 12, totalLeads: 12, isWhole: true, unread: [], isForecastKept: true,
  clients: [{ why: 'largest', kind: 'company', id: 5, name: hostile, old: figures, new: figures, leads: [], leadCount: 0 }],
};

const roubles = { code: 'RUB', symbol: '₽', confirmed: 'RUB' };

function service(put: (body: { settings: AccountSettings; basedOn: number }) => unknown, currency = roubles): Api {
  const answers: Record<string, unknown> = {
    '/api/settings': {
      saved: saved(1), defaults, warnings: [], unread: [], currency, isValued: true, valuedAt: null,
    },
    '/api/settings/catalog': catalog,
  };
  return {
    get: vi.fn((path: string) => Promise.resolve(answers[path])),
    post: vi.fn((path: string) => Promise.resolve(path === '/api/settings/currency/confirm' ? { currency: currency.code, fresh: { when: 'soon', at: null } } : preview)),
    put: vi.fn((_: string, body: unknown) => Promise.resolve().then(() => put(body as { settings: AccountSettings; basedOn: number }))),
    delete: vi.fn(), stream: vi.fn(), download: vi.fn(),
  } as unknown as Api;
}

async function draw(children: ComponentChildren, api: Api): Promise<void> {
  const state: PageState = {
    me: {
      account: { id: 1, name: hostile, address: 'https://acme.amocrm.ru', brand: 'amocrm', currency: 'RUB', currencySymbol: '₽', timeZone: 'Europe/Moscow' },
      user: { id: 5 }, role: 'admin', basis: 'revenue', asOf: null, valuedAt: null, connection: { state: 'connected', isWorking: true },
    },
    api, names: new Names(null), isFramed: false,
    format: createFormat({ language: 'ru', words: shellWords.ru, currency: { code: 'RUB', symbol: '₽' }, timeZone: 'Europe/Moscow' }),
  };
  await act(async () => {
    render(
      <LookContext.Provider value={{ language: 'ru', theme: 'light' }}>
        <PageContext.Provider value={state}>{children}</PageContext.Provider>
      </LookContext.Provider>, place);
  });
  await settle();
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await act(async () => { await new Promise((resolve) => setTimeout(resolve)); });
}

function button(text: string): HTMLButtonElement {
  return [...place.querySelectorAll('button')].findLast((one) => one.textContent === text)!;
}

test('Names of pipelines, clients and values are drawn as the text they are', async () => {
  await draw(<><Purchases /><Differences rows={[{ key: 'customer', name: hostile, from: hostile, to: hostile }]} /></>, service(() => undefined));

  expect(place.textContent).toContain(hostile);
  expect(place.querySelector('img')).toBeNull();
});

test('A change is asked about, saved with the version it was made on, and done', async () => {
  const sent: { settings: AccountSettings; basedOn: number }[] = [];
  await draw(<Purchases />, service((body) => {
    sent.push(body);
    return { saved: { ...saved(2), settings: body.settings }, fresh: { when: 'soon', at: null } };
  }));
  const guard = new Event('beforeunload', { cancelable: true });

  await act(async () => { place.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]!.click(); });
  window.dispatchEvent(guard);
  await act(async () => button('Сохранить').click());
  await act(async () => button('Сохранить').click());
  await settle();

  expect(guard.defaultPrevented).toBe(true);
  expect(sent).toHaveLength(1);
  expect(sent[0]!.basedOn).toBe(1);
  expect(sent[0]!.settings.cost.kind).toBe('fixedMargin');
  expect(place.querySelector('.save-bar')).toBeNull();
  const free = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(free);
  expect(free.defaultPrevented).toBe(false);
});

test('Whoever saves second is told what the first changed, and may merge', async () => {
  const theirs = { ...saved(2), settings: { ...defaults, horizonMonths: 24 }, comment: hostile };
  await draw(<Purchases />, service(() => { throw new ApiProblem(409, 'stale', null, { code: 'stale', current: theirs }); }));

  await act(async () => { place.querySelectorAll<HTMLInputElement>('input[type=radio]')[2]!.click(); });
  await act(async () => button('Сохранить').click());
  await act(async () => button('Сохранить').click());
  await settle();

  expect(place.textContent!.replaceAll('\u00a0', ' ')).toContain('Горизонт прогноза12 месяцев24 месяца');
  await act(async () => button('Объединить').click());
  await settle();
  expect(button('Объединить')).toBeUndefined();
  expect(place.querySelector('.save-bar')!.textContent!.replaceAll('\u00a0', ' ')).toContain('Не сохранено: 1 изменение');
});

test('A cell of spend is saved when it is left, with what it showed before, and not while it is no sum', async () => {
  const sent: unknown[] = [];
  const grid = (
    <SpendGrid table={{ items: [{ channel: hostile, month: '2026-03-01', amount: 5 }], channels: [] }} months={['2026-03-01', '2026-04-01']} extra={[]}
      onChange={vi.fn()} onReload={vi.fn()} onSaved={vi.fn()} onEarlier={vi.fn()} onLater={vi.fn()} />
  );
  await draw(grid, service((body) => {
    sent.push(body);
    return { change: 1, fresh: { when: 'soon', at: null } };
  }));
  const type = async (cell: HTMLInputElement, text: string) => {
    await act(async () => {
      cell.value = text;
      cell.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await act(async () => { cell.dispatchEvent(new Event('blur')); });
  };
  const [march, april] = [...place.querySelectorAll<HTMLInputElement>('.spend__cell')] as [HTMLInputElement, HTMLInputElement];

  await type(april, 'абв');
  await type(march, '12 500,5');
  await settle();

  expect(place.querySelector('img')).toBeNull();
  expect(april.getAttribute('aria-invalid')).toBe('true');
  expect(sent).toEqual([{ channel: hostile, month: '2026-03-01', amount: 12500.5, was: 5 }]);
});

test('A cell of spend that is entered is marked whole, so that what is typed takes its place', async () => {
  const grid = (
    <SpendGrid table={{ items: [{ channel: 'seo', month: '2026-03-01', amount: 40000 }], channels: [] }} months={['2026-03-01']} extra={[]}
      onChange={vi.fn()} onReload={vi.fn()} onSaved={vi.fn()} onEarlier={vi.fn()} onLater={vi.fn()} />
  );
  await draw(grid, service(() => null));
  const cell = place.querySelector<HTMLInputElement>('.spend__cell')!;
  await act(async () => { cell.focus(); });

  expect(cell.value).toBe('40000');
  expect([cell.selectionStart, cell.selectionEnd]).toEqual([0, 5]);
});

test('A cell that was only passed through saves nothing, though another person changed it meanwhile', async () => {
  const sent: unknown[] = [];
  const grid = (amount: number) => (
    <SpendGrid table={{ items: [{ channel: 'ads', month: '2026-03-01', amount }], channels: [] }} months={['2026-03-01']} extra={[]}
      onChange={vi.fn()} onReload={vi.fn()} onSaved={vi.fn()} onEarlier={vi.fn()} onLater={vi.fn()} />
  );
  const api = service((body) => {
    sent.push(body);
    return { change: 1, fresh: { when: 'soon', at: null } };
  });
  await draw(grid(5), api);
  const cell = place.querySelector<HTMLInputElement>('.spend__cell')!;

  await act(async () => { cell.dispatchEvent(new Event('focus')); });
  await draw(grid(700), api);
  await act(async () => { cell.dispatchEvent(new Event('blur')); });
  await settle();

  expect(sent).toEqual([]);
  expect(cell.value).toBe('700');
});

test('Whoever changes tasks second is told who was first, and sees what is now', async () => {
  const tasks = { isEnabled: true, dailyCap: 20, topTiers: 1, onSlipping: true, onTier: true, dueDays: 1, seen: 'a1' };
  const sent: unknown[] = [];
  const show = vi.fn();
  await draw(<TasksPart saved={tasks} onSaved={show} />, service((body) => {
    sent.push(body);
    throw new ApiProblem(409, 'stale', null, { code: 'stale', current: { ...tasks, dailyCap: 5 }, by: '7', at: '2026-11-21T10:00:00Z' });
  }));

  await act(async () => { place.querySelectorAll<HTMLInputElement>('input[type=checkbox]')[1]!.click(); });
  await act(async () => button('Сохранить задачи').click());
  await settle();

  expect(sent).toEqual([{ ...tasks, onSlipping: false }]);
  expect(place.textContent).toContain(settingsWords.ru.notSaved.stale);
  expect(place.textContent).toMatch(/№.7/);
  await act(async () => button(settingsWords.ru.notSaved.show).click());
  expect(show).toHaveBeenCalledOnce();
});

test('A currency is confirmed as it was shown', async () => {
  const api = service(() => undefined, { code: 'KZT', symbol: '₸', confirmed: 'RUB' });
  await draw(<Value />, api);

  await act(async () => button(settingsWords.ru.value.confirmCurrency('KZT')).click());
  await act(async () => button(settingsWords.ru.value.confirmCurrency('KZT')).click());
  await settle();

  expect(api.post).toHaveBeenCalledWith('/api/settings/currency/confirm', { currency: 'KZT' });
});
