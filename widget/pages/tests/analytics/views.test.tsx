import type { ComponentType } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { analytics } from '../../src/analytics/area';
import { ApiProblem } from '../../src/session';
import { click, draw, hostile, seen, settle } from '../harness';
import { answers, empty } from './answers';

// Charts are really drawn, as far as a page without a screen allows: no canvas to measure letters on, no motion.
window.matchMedia = () => ({ matches: true }) as MediaQueryList;
HTMLCanvasElement.prototype.getContext = () => null;

/** Answers by path, whatever is asked behind the question mark; remembers what was asked. */
function service(given: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const get = <T,>(path: string) => {
    asked.push(path);
    const answer = given[path.split('?')[0]!.replace('/api/analytics/', '')];
    return answer === undefined ? Promise.reject<T>(new ApiProblem(404, 'nobody')) : Promise.resolve(answer as T);
  };
  return { asked, api: { get, download: (path: string) => { asked.push(path); return Promise.resolve(); } } };
}

async function tab(id: string): Promise<ComponentType> {
  return (await analytics.tabs.find((one) => one.id === id)!.load()).default;
}

// Loaded before the first chart asks: its pictures are then drawn within the test.
beforeAll(() => import('../../src/parts/chart/engine'));
beforeEach(() => {
  window.location.hash = '';
  vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
  delete (window as { struck?: number }).struck;
});
afterEach(() => { window.location.hash = ''; });

test.each(analytics.tabs.map(({ id }) => id))('%s shows a hostile name as text alone, in both languages', async (id) => {
  for (const language of ['ru', 'en'] as const) {
    const Tab = await tab(id);
    const { api } = service(answers);
    const place = await draw(<Tab />, { api, language });

    expect(place.querySelector('img, script')).toBeNull();
    expect((window as { struck?: number }).struck).toBeUndefined();
    expect(place.querySelector('h1')?.textContent).toBe(place.querySelector('h1')?.textContent?.trim());
    expect(place.querySelector('.notice.tone_risk[role=alert]'), seen(place.textContent)).toBeNull();
    expect(seen(place.textContent)).not.toMatch(/undefined|NaN|\[object/);
  }
});

test.each([
  ['clients', hostile], ['segments', hostile], ['channels', hostile], ['losses', hostile], ['drivers', hostile], ['products', hostile],
])('%s shows the whole of a long name', async (id, name) => {
  const Tab = await tab(id);
  const place = await draw(<Tab />, { api: service(answers).api });
  expect(place.textContent).toContain(name);
});

test.each(analytics.tabs.map(({ id }) => id))('%s of an account without anything says what is missing', async (id) => {
  const Tab = await tab(id);
  const place = await draw(<Tab />, { api: service(empty).api });
  expect(seen(place.textContent)).not.toMatch(/undefined|NaN|Infinity|\[object/);
  expect(place.querySelector('.notice.tone_risk[role=alert]')).toBeNull();
});

test.each(analytics.tabs.map(({ id }) => id).filter((id) => id !== 'clients'))('%s says so where nothing was analysed yet', async (id) => {
  const Tab = await tab(id);
  const api = { get: () => Promise.reject(new ApiProblem(404, 'notAnalysed')) };
  const place = await draw(<Tab />, { api });
  expect(place.textContent).toContain('Анализа пока нет');
});

test('Overview of own clients says whose they are and leaves the account out', async () => {
  const Tab = await tab('overview');
  const place = await draw(<Tab />, { api: service({ ...answers, overview: { ...answers.overview, stamp: { ...answers.overview.stamp, isOwn: true }, whole: null } }).api });
  expect(place.textContent).toContain('Показаны только ваши клиенты');
  expect(place.textContent).not.toContain('Сверка');
});

test('Overview tells that the reconciliation does not hold', async () => {
  const Tab = await tab('overview');
  const { whole } = answers.overview;
  const broken = { ...answers.overview, whole: { ...whole, numbers: { ...whole.numbers, listedRevenue: whole.numbers.listedRevenue + 1 } } };
  const place = await draw(<Tab />, { api: service({ ...answers, overview: broken }).api });
  expect(place.textContent).toContain('Сверка не сходится');
});

test('Overview tells a formula of rounded factors as one: = only where what is shown comes to what is shown', async () => {
  const Tab = await tab('overview');
  const { whole } = answers.overview;
  const of = async (numbers: object, base = answers.overview.base) => {
    const given = { ...answers.overview, base, whole: { ...whole, numbers: { ...whole.numbers, numbers: { ...whole.numbers.numbers, ...numbers } } } };
    const place = await draw(<Tab />, { api: service({ ...answers, overview: given }).api });
    let told = '';
    for (const opener of place.querySelectorAll<HTMLButtonElement>('.figure .explain__button')) {
      await click(opener);
      told += seen(place.querySelector('.explain__popover')?.textContent);
      await click(opener);
    }
    return told;
  };
  const exact = await of({});
  expect(exact).toContain('50 ₽ × 1,5 × 3 = 225 ₽');
  expect(exact).toContain('1 000 ₽ / 20 = 50 ₽');
  expect(exact).toContain('10 клиентов × 100 ₽ в среднем = 1 000 ₽');
  const rounded = await of({ purchasesPerYear: 1.504, formulaLtv: 225.6, revenue: 1000, purchases: 30, averageOrderValue: 33.333, historicalLtv: 1500 }, { clients: 3, value: 1000 });
  expect(rounded).toContain('50 ₽ × 1,5 × 3 ≈ 225,60 ₽');
  expect(rounded).toContain('1 000 ₽ / 30 ≈ 33,33 ₽');
  expect(rounded).toContain('3 клиента × 333,33 ₽ в среднем ≈ 1 000 ₽');
});

test('Figures open the list behind them', async () => {
  const Tab = await tab('segments');
  const place = await draw(<Tab />, { api: service(answers).api });
  const links = [...place.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  expect(links).toContain('#/analytics/clients?tier=A');
  expect(links).toContain('#/analytics/clients?recency=5&frequency=4');
  expect(links).toContain('#/analytics/clients?lifecycle=slipping');
});

test('List asks for what the address says, and saves the same as a file', async () => {
  window.location.hash = '#/analytics/clients?lifecycle=slipping,dormant&cohort=2025-Q1&order=-expected';
  const Tab = await tab('clients');
  const { api, asked } = service(answers);
  const place = await draw(<Tab />, { api });
  expect(asked.some((path) => path.startsWith('/api/analytics/clients?lifecycle=slipping%2Cdormant&cohort=2025-Q1') && path.includes('order=-expected'))).toBe(true);
  expect(seen(place.textContent)).toContain('1 кв. 2025');

  await click([...place.querySelectorAll('button')].find((button) => button.textContent === 'Скачать CSV'));
  expect(asked.at(-1)).toMatch(/^\/api\/analytics\/clients\.csv\?lifecycle=slipping%2Cdormant&cohort=2025-Q1.*language=ru.*order=-expected/);
});

test('A condition that came with a link can be taken off', async () => {
  window.location.hash = '#/analytics/clients?cohort=2025-Q1';
  const Tab = await tab('clients');
  const { api, asked } = service(answers);
  const place = await draw(<Tab />, { api });
  await click(place.querySelector('.chips button'));
  expect(window.location.hash).toBe('#/analytics/clients');
  expect(asked.at(-1)).not.toContain('cohort');
});

test('A stage of the losses opens its leads', async () => {
  const Tab = await tab('losses');
  const { api, asked } = service(answers);
  const place = await draw(<Tab />, { api });
  await click([...place.querySelectorAll('td button')][0]);
  await settle();
  expect(asked.some((path) => path.startsWith('/api/analytics/leads?list=lost&stage=7%3A8'))).toBe(true);
});

test('A slider moves the scenario at once, with today beside it, and back', async () => {
  const Tab = await tab('forecast');
  const { api, asked } = service(answers);
  const place = await draw(<Tab />, { api });
  const before = asked.length;
  const figure = () => seen([...place.querySelectorAll('.scenario__figures .figure__value')][0]?.textContent);
  const today = figure();
  const sliders = [...place.querySelectorAll<HTMLInputElement>('.scenario__sliders input')];
  await act(() => {
    sliders[1]!.value = '100';
    sliders[1]!.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(figure()).not.toBe(today);
  expect(seen(place.textContent)).toContain(`Сегодня: ${today.split(' (')[0]}`);
  expect(asked).toHaveLength(before);

  await click([...place.querySelectorAll('button')].find((button) => button.textContent === 'Вернуть как сегодня'));
  expect(figure()).toBe(today);
});

test('Whoever is no analyst has no tab of the whole account', () => {
  const open = analytics.tabs.filter((one) => one.roles?.includes('member') ?? true).map(({ id }) => id);
  expect(open).toEqual(['overview', 'clients', 'segments', 'products']);
});

test('A product opens who bought it, who came back, and who never did', async () => {
  const Tab = await tab('products');
  const place = await draw(<Tab />, { api: service(answers).api });
  const links = [...place.querySelectorAll('a')].map((link) => decodeURIComponent(link.getAttribute('href') ?? ''));
  expect(links).toContain('#/analytics/clients?product=7:1');
  expect(links).toContain('#/analytics/clients?product=7:1&repeated=true');
  expect(links).toContain('#/analytics/clients?without=7:1');
  expect(links).toContain('#/analytics/clients?product=any');
  expect(seen(place.textContent)).toContain('из неё разделено');
  expect(seen(place.textContent)).toContain('удалён из списка');
});

test('What is bought next opens whom to offer it and who took it, with its evidence', async () => {
  const Tab = await tab('products');
  const place = await draw(<Tab />, { api: service(answers).api });
  const links = [...place.querySelectorAll('a')].map((link) => decodeURIComponent(link.getAttribute('href') ?? ''));
  expect(links).toContain('#/analytics/clients?product=7:1&without=7:2');
  expect(links).toContain('#/analytics/clients?product=7:1&later=7:2');
  expect(seen(place.textContent)).toContain('50 %: 20 из 40');
  expect(seen(place.textContent)).toContain('Сравнили 12 пар');
});

test.each([
  ['notRead', 'Списки товаров ещё не прочитаны'], ['noCatalog', 'В CRM нет списка товаров'], ['refused', 'CRM не показывает списки'], ['notLinked', 'В сделках нет товаров'],
] as const)('Products of an account that is %s say what makes them appear', async (state, said) => {
  const Tab = await tab('products');
  const place = await draw(<Tab />, { api: service({ products: { ...answers.products, document: { ...answers.products.document, state, products: [] } } }).api });
  expect(place.textContent).toContain(said);
  expect(place.querySelector('table')).toBeNull();
});

test.each([
  ['tooFewClients', 'Клиентов с товарами 4, нужно хотя бы 30'], ['tooFewReturns', 'Вернулись за другим товаром 4, нужно хотя бы 30'], ['tooFewBuyers', '4, нужно хотя бы 30'],
] as const)('A base too small for the next purchase (%s) says what is missing', async (reason, said) => {
  const { document } = answers.products;
  const Tab = await tab('products');
  const place = await draw(<Tab />, {
    api: service({ products: { ...answers.products, offers: [], document: { ...document, next: { refusal: { reason, have: 4, need: 30 }, compared: 0, found: [] } } } }).api,
  });
  expect(seen(place.textContent)).toContain(said);
});

test('Products of own clients say whose they are and show no count of others', async () => {
  const { document, offers } = answers.products;
  const Tab = await tab('products');
  const place = await draw(<Tab />, {
    api: service({
      products: {
        ...answers.products, stamp: { ...answers.products.stamp, isOwn: true }, offers: offers.map((offer) => ({ ...offer, evidence: null })),
        document: { ...document, cover: null, next: { refusal: null, compared: 0, found: [] } },
      },
    }).api,
  });
  expect(place.textContent).toContain('Показаны только ваши клиенты');
  expect(place.textContent).not.toContain('Взяли потом');
  expect(place.textContent).not.toContain('Покупок с товарами');
});

test('A list that came with a product says its name', async () => {
  window.location.hash = '#/analytics/clients?product=7:1&without=7:2';
  const Tab = await tab('clients');
  const place = await draw(<Tab />, { api: service(answers).api });
  await settle();
  const chips = seen(place.querySelector('.chips')?.textContent);
  expect(chips).toContain(`Купили: ${seen(hostile)}`);
  expect(chips).toContain('Не покупали: Сервис');
});

test.each(analytics.tabs.map(({ id }) => id))('%s explains each figure and each column of numbers, in both languages', async (id) => {
  for (const language of ['ru', 'en'] as const) {
    const Tab = await tab(id);
    const place = await draw(<Tab />, { api: service(answers).api, language });
    const figures = [...place.querySelectorAll('.figure, .table th.right, .heat')];
    expect(figures.length).toBeGreaterThan(0);
    const silent = figures.filter((one) => !one.matches('.heat') && one.querySelector('.explain__button') === null);
    expect(silent.map((one) => seen(one.textContent))).toEqual([]);

    // What opens says something of its own, and about what it stands beside.
    for (const button of place.querySelectorAll<HTMLButtonElement>('.explain__button')) {
      await click(button);
      const told = place.querySelector('.explain__popover');
      expect(seen(told?.querySelector('strong + span')?.textContent).length).toBeGreaterThan(15);
      expect(button.getAttribute('aria-label')).toContain(told?.querySelector('strong')?.textContent);
      await click(button);
    }
  }
});
