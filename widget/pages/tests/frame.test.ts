import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enterFrame } from '../src/session/frame';
import { fromParent, type FromParent } from '../src/session/messages';
import { Names } from '../src/session/names';
import { parentOf, parentOrigin } from '../src/session/parent';
import { FakeParent } from './harness';

const origin = 'https://acme.amocrm.ru';

function frame() {
  const around = { postMessage: vi.fn() };
  const here = Object.assign(new EventTarget(), { parent: around }) as unknown as Window;
  const heard: FromParent[] = [];
  const parent = parentOf(origin, here);
  parent.listen((message) => heard.push(message));
  const say = (data: unknown, from: { origin?: string; source?: unknown } = {}) =>
    here.dispatchEvent(Object.assign(new Event('message'), { data, origin: from.origin ?? origin, source: 'source' in from ? from.source : around }));
  return { around, parent, heard, say };
}

const good = { amoltv: 1, kind: 'session', token: 'abc.def', expiresAt: '2026-11-22T10:00:00Z', language: 'en', theme: 'dark', area: 'settings' };

test('A session from the widget around the page is heard', () => {
  const { heard, say } = frame();
  say(good);
  expect(heard).toEqual([{ kind: 'session', token: 'abc.def', expiresAt: Date.parse('2026-11-22T10:00:00Z'), language: 'en', theme: 'dark', area: 'settings' }]);
});

test('Nobody is heard from another origin or another window', () => {
  const { heard, say } = frame();
  for (const other of ['https://evil.example', 'http://acme.amocrm.ru', 'https://acme.amocrm.ru.evil.example', 'https://other.amocrm.ru', 'null', '']) say(good, { origin: other });
  say(good, { source: { postMessage: vi.fn() } });
  say(good, { source: null });
  expect(heard).toEqual([]);
});

test('What is said goes to the exact origin alone', () => {
  const { around, parent } = frame();
  parent.send({ kind: 'ready' });
  parent.send({ kind: 'height', px: 640 });
  expect(around.postMessage.mock.calls).toEqual([[{ amoltv: 1, kind: 'ready' }, origin], [{ amoltv: 1, kind: 'height', px: 640 }, origin]]);
});

test('A message that is not in full shape is no message', () => {
  for (const strange of [
    null, undefined, 0, 'session', [], {}, { kind: 'session' }, { ...good, amoltv: '1' }, { ...good, kind: 'toString' }, { ...good, token: 5 }, { ...good, token: '' },
    { ...good, token: 'a\r\nX-Evil: 1' }, { ...good, token: 'с кириллицей' }, { ...good, expiresAt: 'soon' }, { ...good, expiresAt: 1 },
    { amoltv: 1, kind: 'theme', theme: 'url(evil)' }, { amoltv: 1, kind: 'names', request: '1', names: {} }, { amoltv: 1, kind: 'names', request: 1, names: 'x' },
    { amoltv: 1, kind: 'names', request: 1, names: null },
  ]) expect(fromParent(strange), JSON.stringify(strange)).toBeNull();
});

test('A session with a language, theme or area nobody knows leaves them open', () => {
  expect(fromParent({ ...good, language: 'de', theme: 'pink', area: 'admin' })).toMatchObject({ token: 'abc.def', language: null, theme: null, area: null });
});

test('Of names only those of whole ids and with letters are taken', () => {
  expect(fromParent({ amoltv: 1, kind: 'names', request: 3, names: { 5: 'Анна', '-1': 'x', '1e3': 'x', __proto__: 'x', 7: 9, 8: '  ', 9: '<b>Борис</b>' } }))
    .toEqual({ kind: 'names', request: 3, names: new Map([[5, 'Анна'], [9, '<b>Борис</b>']]) });
});

test('The parent is the one written into the page, and none where nothing is', () => {
  const page = document.implementation.createHTMLDocument();
  expect(parentOrigin(page)).toBeNull();
  page.head.innerHTML = '<meta name="amoltv-parent" content="">';
  expect(parentOrigin(page)).toBeNull();
  page.head.innerHTML = `<meta name="amoltv-parent" content="${origin}">`;
  expect(parentOrigin(page)).toBe(origin);
});

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('A page says that it is ready and waits for its session', async () => {
  const parent = new FakeParent();
  const entering = enterFrame(parent);
  expect(parent.sent).toEqual([{ kind: 'ready' }]);
  parent.say({ kind: 'theme', theme: 'dark' });
  const session: FromParent = { kind: 'session', token: 'a', expiresAt: 1, language: null, theme: null, area: null };
  parent.say(session);
  expect(await entering).toBe(session);
});

test('A widget that says nothing within fifteen seconds is silent', async () => {
  const entering = enterFrame(new FakeParent());
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await entering).toBeNull();
});

const wished = (parent: FakeParent) => parent.sent.map((message) => (message.kind === 'names' ? [message.of, message.ids.length, message.request] : message.kind));

test('Names wanted by a whole page go out together, at most fifty in a message', async () => {
  const parent = new FakeParent();
  const names = new Names(parent);
  for (let id = 1; id <= 60; id += 1) names.want('contacts', [id, 1]);
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  expect(wished(parent)).toEqual([['users', 1, 1], ['contacts', 50, 2], ['contacts', 10, 3]]);
});

test('A name that is known or on its way is not asked for again', async () => {
  const parent = new FakeParent();
  const names = new Names(parent);
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  names.want('users', [7]);
  parent.say({ kind: 'names', request: 1, names: new Map([[7, 'Анна']]) });
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  expect(parent.sent).toHaveLength(1);
  expect(names.nameOf('users', 7)).toBe('Анна');
  expect(names.nameOf('contacts', 7)).toBeNull();
});

test('An answer nobody asked for, and a name nobody asked for, change nothing', async () => {
  const parent = new FakeParent();
  const names = new Names(parent);
  parent.say({ kind: 'names', request: 1, names: new Map([[7, 'Чужой']]) });
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  parent.say({ kind: 'names', request: 1, names: new Map([[7, 'Анна'], [8, 'Чужой']]) });
  parent.say({ kind: 'names', request: 1, names: new Map([[7, 'Поздний']]) });
  expect([names.nameOf('users', 7), names.nameOf('users', 8)]).toEqual(['Анна', null]);
});

test('Names that never came are asked for again when they are wanted again', async () => {
  const parent = new FakeParent();
  const names = new Names(parent);
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(20_000);
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  expect(parent.sent).toHaveLength(2);
});

test('People whom the CRM has not named are asked for again a minute later, and those whom it has are not', async () => {
  const parent = new FakeParent();
  const names = new Names(parent);
  names.want('users', [7, 8]);
  await vi.advanceTimersByTimeAsync(0);
  parent.say({ kind: 'names', request: 1, names: new Map([[7, 'Анна']]) });
  await vi.advanceTimersByTimeAsync(59_000);
  names.want('users', [7, 8]);
  await vi.advanceTimersByTimeAsync(0);
  expect(parent.sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  names.want('users', [7, 8]);
  await vi.advanceTimersByTimeAsync(0);
  expect(parent.sent.at(-1)).toMatchObject({ kind: 'names', of: 'users', ids: [8] });
});

test('A page that stands alone asks nobody for names', async () => {
  const names = new Names(null);
  names.want('users', [7]);
  await vi.advanceTimersByTimeAsync(0);
  expect(names.nameOf('users', 7)).toBeNull();
});
