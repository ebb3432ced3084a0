import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Area } from '../src/app/area';
import { aloneEntrance, frameEntrance } from '../src/app/enter';
import { firstLook } from '../src/app/first-look';
import { Root } from '../src/app/Root';
import { takeCode } from '../src/session/alone';
import type { Role } from '../src/session/me';
import type { AreaId, SessionMessage } from '../src/session/messages';
import { Page, Person } from '../src/parts';
import { usePage } from '../src/app/context';
import { button, click, drawBare, FakeParent, fakeService, holder, hostile, json, me, pass, problem, seen, settle } from './harness';

const everybody: readonly Role[] = ['admin', 'analyst', 'member'];
const tab = (id: string, ru: string, en: string, roles?: readonly Role[]) => ({
  id, title: { ru, en }, ...(roles ? { roles } : {}),
  load: async () => ({ default: () => <Page title={ru} sentence="…"><Person of="users" id={42} /></Page> }),
});
const areas: readonly Area[] = [
  { id: 'analytics', roles: everybody, tabs: [tab('overview', 'Обзор', 'Overview'), tab('managers', 'Менеджеры', 'Managers', ['admin', 'analyst'])] },
  { id: 'settings', roles: ['admin'], tabs: [tab('purchases', 'Покупки', 'Purchases')] },
  { id: 'operations', roles: ['admin'], tabs: [] },
];

const look = { language: 'ru', theme: 'light' } as const;
const session = (area: AreaId | null = null, token = 'token-in-memory'): SessionMessage =>
  ({ kind: 'session', token, expiresAt: Date.now() + 900_000, language: 'ru', theme: 'dark', area });
const as = (role: Role) => json({ ...me, role });

beforeEach(() => {
  window.history.replaceState(null, '', '/pages/');
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});
afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

async function alone(code: string | null = null) {
  return drawBare(<Root entrance={aloneEntrance(code)} parent={null} firstLook={look} areas={areas} />);
}

async function framed(parent: FakeParent, area: AreaId | null = null) {
  const place = await drawBare(<Root entrance={frameEntrance(parent)} parent={parent} firstLook={look} areas={areas} />);
  parent.say(session(area));
  await settle();
  return place;
}

const title = (place: Element) => place.querySelector('h1')?.textContent;
const links = (place: Element, selector: string) => [...place.querySelectorAll(`${selector} a`)].map((link) => link.textContent);

test('A page without any session says how one gets in', async () => {
  fakeService(() => problem(401, 'session'));
  const place = await alone();
  expect(title(place)).toBe('Откройте эту страницу из CRM');
  expect(place.querySelectorAll('ol li')).toHaveLength(2);
});

test('A code opens the page and is shown to the service once, in the body', async () => {
  const asked = fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const place = await alone('once');
  expect(title(place)).toBe('Обзор');
  expect(asked.map((one) => `${one.method} ${one.path}`)).toEqual(['POST /api/sessions/cookie', 'GET /api/me']);
  expect(asked[0]!.body).toBe('{"code":"once"}');
});

test('A spent code opens nothing by itself', async () => {
  fakeService(() => problem(401, 'code'));
  expect(title(await alone('once'))).toBe('Эта ссылка уже не действует');
});

test('A spent code is forgiven where the session it once opened still lives', async () => {
  fakeService((one) => (one.path !== '/api/sessions/cookie' ? as('admin') : one.method === 'POST' ? problem(401, 'code') : json(holder('word'))));
  expect(title(await alone('once'))).toBe('Обзор');
});

test('A reloaded page takes up the session that is there', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  expect(title(await alone())).toBe('Обзор');
});

test('The code leaves the address before anything is drawn, and the place to go stays', () => {
  window.history.replaceState(null, '', '/pages/#code=once&to=%2Fanalytics%2Fmanagers%3Fmonth%3D2026-10');
  expect(takeCode()).toBe('once');
  expect(window.location.hash).toBe('#/analytics/managers?month=2026-10');
  expect(takeCode()).toBeNull();
});

test('A place to go that is no path of the pages is left out', () => {
  window.history.replaceState(null, '', '/pages/#code=once&to=javascript:alert(1)');
  takeCode();
  expect(window.location.href).not.toContain('javascript');
});

test('A service that is away is asked again by itself, with the same code, until it answers', async () => {
  vi.useFakeTimers();
  let isAway = true;
  const asked = fakeService((one) => {
    if (isAway) throw new TypeError('Failed to fetch');
    return one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin');
  });
  const place = await alone('once');
  expect(title(place)).toBe('Сервис не отвечает');
  expect(seen(place.textContent)).toContain('Следующая проверка через 5 секунд');
  await pass(5_000);
  expect(asked).toHaveLength(2);
  isAway = false;
  await pass(10_000);
  expect(asked[2]!.body).toBe('{"code":"once"}');
  expect(title(place)).toBe('Обзор');
});

test('One need not wait for the next check', async () => {
  vi.useFakeTimers();
  let isAway = true;
  fakeService((one) => {
    if (isAway) return new Response('<html>', { status: 503 });
    return one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin');
  });
  const place = await alone();
  isAway = false;
  await click(button(place, 'Проверить сейчас'));
  expect(title(place)).toBe('Обзор');
});

test('A session that ends while one works says so and shows the way back', async () => {
  let isOver = false;
  fakeService((one) => (isOver ? problem(401, 'session') : one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  let ask: () => Promise<unknown> = () => Promise.resolve();
  function Asking() {
    const { api } = usePage();
    ask = () => api.get('/api/me').catch(() => undefined);
    return <h1>Занято</h1>;
  }
  const busy: readonly Area[] = [{ id: 'analytics', roles: everybody, tabs: [{ id: 'one', title: { ru: '1', en: '1' }, load: async () => ({ default: Asking }) }] }];
  const place = await drawBare(<Root entrance={aloneEntrance(null)} parent={null} firstLook={look} areas={busy} />);
  expect(title(place)).toBe('Занято');
  isOver = true;
  await ask();
  await settle();
  expect(title(place)).toBe('Сеанс закончился');
});

test.each([['account', holder('other', 2, 7)], ['user', holder('other', 1, 8)]])(
  'A page beside which another %s was opened in the browser stops, and says which ways lead on', async (_, other) => {
    let current = holder('word');
    const asked = fakeService((one) => (one.path === '/api/sessions/cookie' ? json(current)
      : one.headers.get('X-AmoLtv-Anti-Forgery') === current.antiForgery ? as('admin') : problem(403, 'antiForgery')));
    let save: () => Promise<unknown> = () => Promise.resolve();
    function Saving() {
      const { api } = usePage();
      save = () => api.put('/api/settings', {}).catch(() => undefined);
      return <h1>Занято</h1>;
    }
    const busy: readonly Area[] = [{ id: 'analytics', roles: everybody, tabs: [{ id: 'one', title: { ru: '1', en: '1' }, load: async () => ({ default: Saving }) }] }];
    const place = await drawBare(<Root entrance={aloneEntrance(null)} parent={null} firstLook={look} areas={busy} />);
    current = other;
    await save();
    await settle();
    expect(title(place)).toBe('В этом браузере открыт другой аккаунт');
    expect(place.textContent).toContain('Обновите страницу');
    expect(asked.filter((one) => one.method === 'PUT')).toHaveLength(1);
  });

test('A page beside which another account was opened while it was entering says so', async () => {
  const current = [holder('word'), holder('other', 2)];
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(current.shift()) : problem(403, 'antiForgery')));
  expect(title(await alone())).toBe('В этом браузере открыт другой аккаунт');
});

test('An account that is not connected is named with its next step', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : problem(404, 'unknownAccount')));
  const place = await alone();
  expect(place.textContent).toContain('Аккаунт не подключён.');
  expect(place.textContent).toContain('установить виджет');
});

test('A framed page waits for the widget, then shows the area the CRM has opened', async () => {
  fakeService(() => as('admin'));
  const place = await framed(new FakeParent(), 'settings');
  expect(title(place)).toBe('Покупки');
});

test('An address that names a page wins over the area the CRM has opened', async () => {
  window.history.replaceState(null, '', '/pages/frame#/analytics/managers');
  fakeService(() => as('admin'));
  expect(title(await framed(new FakeParent(), 'settings'))).toBe('Менеджеры');
});

test('A widget that stays silent is named, and can be asked again', async () => {
  vi.useFakeTimers();
  fakeService(() => as('admin'));
  const parent = new FakeParent();
  const place = await drawBare(<Root entrance={frameEntrance(parent)} parent={parent} firstLook={look} areas={areas} />);
  await pass(15_000);
  expect(title(place)).toBe('CRM не ответила');
  await click(button(place, 'Повторить'));
  parent.say(session());
  await settle();
  expect(title(place)).toBe('Обзор');
});

test('A widget that was silent and then speaks lets the page in without a click', async () => {
  vi.useFakeTimers();
  fakeService(() => as('admin'));
  const parent = new FakeParent();
  const place = await drawBare(<Root entrance={frameEntrance(parent)} parent={parent} firstLook={look} areas={areas} />);
  await pass(15_000);
  parent.say(session());
  await settle();
  expect(parent.sentOf('ready')).toHaveLength(2);
  parent.say(session());
  await settle();
  expect(title(place)).toBe('Обзор');
});

test.each([
  ['admin', ['Аналитика', 'Настройки'], ['Обзор', 'Менеджеры']],
  ['analyst', [], ['Обзор', 'Менеджеры']],
  ['member', [], []],
] as const)('Of areas and tabs the role %s sees what it may open, and no choice where there is none', async (role, shownAreas, shownTabs) => {
  fakeService(() => as(role));
  const place = await framed(new FakeParent());
  expect(links(place, '.top__areas')).toEqual(shownAreas);
  expect(links(place, '.tabs')).toEqual(shownTabs);
  expect(title(place)).toBe('Обзор');
});

test('A role that may not open what the address names gets what it may', async () => {
  window.history.replaceState(null, '', '/pages/#/settings/purchases');
  fakeService(() => as('member'));
  expect(title(await framed(new FakeParent()))).toBe('Обзор');
});

test('The theme of the CRM is worn, and worn anew when it changes', async () => {
  fakeService(() => as('admin'));
  const parent = new FakeParent();
  await framed(parent);
  expect(document.documentElement.dataset['theme']).toBe('dark');
  parent.say({ kind: 'theme', theme: 'light' });
  await settle();
  expect(document.documentElement.dataset['theme']).toBe('light');
});

test('A page that stands alone changes its language and theme, and remembers both', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const place = await alone();
  await click(button(place, 'EN, English'));
  await click(button(place, 'Dark theme'));
  expect(document.documentElement.lang).toBe('en');
  expect(links(place, '.tabs')).toEqual(['Overview', 'Managers']);
  expect(firstLook()).toEqual({ language: 'en', theme: 'dark' });
});

test('Nothing but the look is ever kept in the browser', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('secret-word')) : as('admin')));
  const place = await alone('once');
  await click(button(place, 'Тёмная тема'));
  expect(Object.keys({ ...localStorage })).toEqual(['amoltv.look']);
  expect(JSON.stringify({ ...localStorage })).not.toMatch(/secret|once|token/);
  expect(sessionStorage).toHaveLength(0);
  expect(document.cookie).toBe('');
});

test('A page that was kept with something else in its place begins as the browser wants it', () => {
  for (const kept of ['', '{', 'null', '[]', '{"language":"de","theme":7}']) {
    localStorage.setItem('amoltv.look', kept);
    expect(firstLook()).toEqual({ language: 'en', theme: 'light' });
  }
});

test('Names of people come from the widget, and stand as numbers with a link where there is none', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const parent = new FakeParent();
  const place = await framed(parent);
  expect(seen(place.querySelector('article')?.textContent)).toContain('Менеджер № 42');
  const wish = parent.sent.find((message) => message.kind === 'names');
  expect(wish).toEqual({ kind: 'names', request: 1, of: 'users', ids: [42] });
  parent.say({ kind: 'names', request: 1, names: new Map([[42, hostile]]) });
  await settle();
  expect(place.querySelector('article')?.textContent).toContain(hostile);
  expect(place.querySelector('img')).toBeNull();
  const link = (await alone()).querySelector('article a');
  expect(link?.getAttribute('href')).toBe('https://acme.amocrm.ru/settings/users/');
});

test('The name of the account is words, whatever it holds', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const place = await alone();
  expect(place.querySelector('.top')?.textContent).toContain(hostile);
  expect(place.querySelector('img')).toBeNull();
});

test('A page whose file is gone says so', async () => {
  fakeService((one) => (one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const gone: readonly Area[] = [{ id: 'analytics', roles: everybody, tabs: [{ id: 'one', title: { ru: '1', en: '1' }, load: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')) }] }];
  const place = await drawBare(<Root entrance={aloneEntrance(null)} parent={null} firstLook={look} areas={gone} />);
  expect(place.querySelector('[role=alert]')?.textContent).toContain('Обновите страницу');
});

test('Leaving ends the session on the service with the word against forgery', async () => {
  const asked = fakeService((one) => (one.method === 'DELETE' ? new Response(null, { status: 204 }) : one.path === '/api/sessions/cookie' ? json(holder('word')) : as('admin')));
  const place = await alone();
  await click(button(place, 'Выйти'));
  const last = asked.find((one) => one.method === 'DELETE');
  expect([last?.path, last?.headers.get('X-AmoLtv-Anti-Forgery')]).toEqual(['/api/sessions/cookie', 'word']);
  expect(title(place)).toBe('Откройте эту страницу из CRM');
});

test('A framed page opens on its own by a code made at the click, at the same place', async () => {
  window.history.replaceState(null, '', '/pages/frame#/analytics/managers?month=2026-10');
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  fakeService((one) => (one.path === '/api/sessions/codes' ? json({ code: 'once', url: '/pages/#code=once' }) : as('admin')));
  const place = await framed(new FakeParent());
  await click(button(place, 'Открыть в отдельном окне'));
  expect(open).toHaveBeenCalledWith(`${window.location.origin}/pages/#code=once&to=%2Fanalytics%2Fmanagers%3Fmonth%3D2026-10`, '_blank', 'noopener');
});
