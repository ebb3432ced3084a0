import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi, nameFrom } from '../src/session/api';
import { AloneSession } from '../src/session/alone';
import { FrameSession } from '../src/session/frame';
import type { ApiProblem } from '../src/session/problem';
import type { SessionMessage } from '../src/session/messages';
import { FakeParent, fakeService, holder, json, problem } from './harness';

const root = new URL('https://ltv.example.com/');
const session = (token: string, lives = 900_000): SessionMessage =>
  ({ kind: 'session', token, expiresAt: Date.now() + lives, language: 'ru', theme: 'light', area: 'analytics' });
const caught = (promise: Promise<unknown>): Promise<ApiProblem> => promise.then(() => { throw new Error('It should have failed.'); }, (error: ApiProblem) => error);

let parent: FakeParent;

beforeEach(() => {
  vi.useFakeTimers();
  parent = new FakeParent();
});
afterEach(() => vi.useRealTimers());

function framed(token = 'first') {
  return createApi(new FrameSession(parent, session(token)), root);
}

/** A widget that answers every wish for renewal. */
function renewing(token = 'second') {
  const send = parent.send.bind(parent);
  parent.send = (message) => {
    send(message);
    if (message.kind === 'renew') queueMicrotask(() => parent.say(session(token)));
  };
}

const bearer = (asked: { headers: Headers }) => asked.headers.get('Authorization');

test('A framed page shows its token in a header, and nowhere in the address', async () => {
  const asked = fakeService(() => json({ a: 1 }));
  await expect(framed().get('/api/me')).resolves.toEqual({ a: 1 });
  expect(asked).toHaveLength(1);
  expect(asked[0]!.path).toBe('/api/me');
  expect(bearer(asked[0]!)).toBe('Bearer first');
});

test('A 401 is followed by one renewal and one more try with the new token', async () => {
  renewing();
  const asked = fakeService((one) => (bearer(one) === 'Bearer second' ? json('in') : problem(401, 'token')));
  await expect(framed().get('/api/me')).resolves.toBe('in');
  expect(asked.map(bearer)).toEqual(['Bearer first', 'Bearer second']);
  expect(parent.sentOf('renew')).toHaveLength(1);
});

test('A write is tried again with its body', async () => {
  renewing();
  const asked = fakeService((one) => (bearer(one) === 'Bearer second' ? json(null) : problem(401, 'token')));
  await framed().post('/api/exclusions', { lead: 5 });
  expect(asked.map((one) => one.body)).toEqual(['{"lead":5}', '{"lead":5}']);
});

test('A second 401 ends the session and is not tried again', async () => {
  renewing();
  const asked = fakeService(() => problem(401, 'token'));
  const refused = await caught(framed().get('/api/me'));
  expect([refused.status, refused.code]).toEqual([401, 'ended']);
  expect(asked).toHaveLength(2);
});

test('Requests refused at the same time wait for the same renewal', async () => {
  renewing();
  const asked = fakeService((one) => (bearer(one) === 'Bearer second' ? json(one.path) : problem(401, 'token')));
  const api = framed();
  await expect(Promise.all([api.get('/api/a'), api.get('/api/b'), api.get('/api/c')])).resolves.toEqual(['/api/a', '/api/b', '/api/c']);
  expect(parent.sentOf('renew')).toHaveLength(1);
  expect(asked).toHaveLength(6);
});

test('A widget that stays silent leaves the request refused, and the next one asks it again', async () => {
  fakeService(() => problem(401, 'token'));
  const api = framed();
  const first = caught(api.get('/api/me'));
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await first).code).toBe('ended');
  const second = caught(api.get('/api/me'));
  await vi.advanceTimersByTimeAsync(15_000);
  await second;
  expect(parent.sentOf('renew')).toHaveLength(2);
});

test('A token is renewed a minute before its end, and so is the next', async () => {
  renewing();
  const held = new FrameSession(parent, session('first'));
  await vi.advanceTimersByTimeAsync(839_000);
  expect(parent.sentOf('renew')).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(parent.sentOf('renew')).toHaveLength(1);
  const headers = new Headers();
  held.authorise(headers);
  expect(headers.get('Authorization')).toBe('Bearer second');
  await vi.advanceTimersByTimeAsync(840_000);
  expect(parent.sentOf('renew')).toHaveLength(2);
});

test('A clock that is wrong by an hour does not make a storm of renewals', async () => {
  const send = parent.send.bind(parent);
  parent.send = (message) => {
    send(message);
    if (message.kind === 'renew') queueMicrotask(() => parent.say(session('old', -3_600_000)));
  };
  new FrameSession(parent, session('old', -3_600_000));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(parent.sentOf('renew').length).toBeLessThanOrEqual(12);
});

test('A widget that was silent is asked again, and may answer', async () => {
  const held = new FrameSession(parent, session('first', 30_000));
  await vi.advanceTimersByTimeAsync(5_000 + 15_000 + 30_000);
  expect(parent.sentOf('renew')).toHaveLength(2);
  parent.say(session('second'));
  const headers = new Headers();
  held.authorise(headers);
  expect(headers.get('Authorization')).toBe('Bearer second');
});

test('What has not changed is not sent again', async () => {
  const asked = fakeService((one) => (one.headers.get('If-None-Match') === 'W/"run-7"'
    ? new Response(null, { status: 304 }) : json({ items: [1] }, 200, { ETag: 'W/"run-7"' })));
  const api = framed();
  const first = await api.get('/api/clients');
  const second = await api.get('/api/clients');
  expect(second).toEqual(first);
  expect(asked.map((one) => one.headers.get('If-None-Match'))).toEqual([null, 'W/"run-7"']);
});

test('An answer without a tag is asked for whole each time', async () => {
  const asked = fakeService((_, turn) => json(turn));
  const api = framed();
  await expect(api.get('/api/now')).resolves.toBe(1);
  await expect(api.get('/api/now')).resolves.toBe(2);
  expect(asked[1]!.headers.has('If-None-Match')).toBe(false);
});

test('A refusal is a problem with its code, its words and all it brought', async () => {
  fakeService(() => json({ code: 'stale', detail: 'Anna saved version 8.', current: { version: 8 } }, 409));
  const refused = await caught(framed().put('/api/settings', { version: 7 }));
  expect([refused.status, refused.code, refused.detail]).toEqual([409, 'stale', 'Anna saved version 8.']);
  expect(refused.body['current']).toEqual({ version: 8 });
  expect(refused.isPassing).toBe(false);
});

test('A page of a proxy in the service\'s place is a problem of its status', async () => {
  fakeService(() => new Response('<html><h1>Bad gateway', { status: 502 }));
  const refused = await caught(framed().get('/api/me'));
  expect([refused.status, refused.code, refused.isPassing]).toEqual([502, 'http502', true]);
});

test('A page of a proxy that calls itself a success is no data', async () => {
  fakeService(() => new Response('<html>Log in to the network', { status: 200 }));
  expect((await caught(framed().get('/api/me'))).code).toBe('unreadable');
});

test('A service that cannot be reached is a problem that passes', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const refused = await caught(framed().get('/api/me'));
  expect([refused.status, refused.isPassing]).toEqual([0, true]);
});

test('A question that was given up is no problem of the service', async () => {
  vi.stubGlobal('fetch', (_: URL, { signal }: RequestInit) => new Promise((__, reject) => {
    signal!.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  }));
  const stop = new AbortController();
  const asking = framed().get('/api/me', { signal: stop.signal });
  stop.abort();
  await expect(asking).rejects.toHaveProperty('name', 'AbortError');
});

test('A token never leaves for another host', async () => {
  const asked = fakeService(() => json({}));
  const api = framed();
  for (const path of ['https://evil.example/api/me', 'http://ltv.example.com/api/me', 'data:text/plain,1']) {
    expect((await caught(api.get(path))).code).toBe('page');
  }
  await api.get('//evil.example/api/me');
  expect(asked.map((one) => one.path)).toEqual(['/evil.example/api/me']);
});

test('A service below a path of its host is asked there', async () => {
  const asked = fakeService(() => json({}));
  await createApi(new FrameSession(parent, session('first')), new URL('https://example.com/ltv/')).get('/api/me');
  expect(asked[0]!.path).toBe('/ltv/api/me');
});

test('A page that stands alone shows its session\'s word with reads and writes, and never a token', async () => {
  const asked = fakeService(() => json({}));
  const api = createApi(new AloneSession(holder('word'), root), root);
  await api.get('/api/me');
  await api.post('/api/runs');
  await api.put('/api/settings', {});
  await api.delete('/api/exclusions/5');
  await api.stream('/api/runs/stream', () => undefined);
  expect(asked.map((one) => one.headers.get('X-AmoLtv-Anti-Forgery'))).toEqual(Array(5).fill('word'));
  expect(asked.every((one) => !one.headers.has('Authorization'))).toBe(true);
});

/** A browser whose cookie is of this session by now, and a page that was entered with another word. */
function besides(now: object) {
  const asked = fakeService((one) => (one.path.endsWith('/api/sessions/cookie') ? json(now)
    : one.headers.get('X-AmoLtv-Anti-Forgery') === 'new' ? json('done') : problem(403, 'antiForgery')));
  const held = new AloneSession(holder('old', 1, 7), root);
  const ended = vi.fn();
  held.onEnded(ended);
  return { asked, held, ended, api: createApi(held, root) };
}

test.each(['get', 'post'] as const)('A %s refused since another tab began a session of the same account and user is done in that session', async (method) => {
  const { asked, api, ended } = besides(holder('new', 1, 7));
  await expect(api[method]('/api/runs')).resolves.toBe('done');
  expect(asked.map((one) => one.method)).toEqual([method.toUpperCase(), 'GET', method.toUpperCase()]);
  expect(asked[1]!.headers.has('X-AmoLtv-Anti-Forgery')).toBe(false);
  expect(ended).not.toHaveBeenCalled();
});

test.each([['account', holder('new', 2, 7)], ['user', holder('new', 1, 8)]])(
  'Nothing is read from or written to a session of another %s that another tab began', async (_, other) => {
    for (const method of ['get', 'post', 'put', 'delete'] as const) {
      const { asked, api, ended } = besides(other);
      expect((await caught(api[method]('/api/runs'))).code).toBe('ended');
      expect(asked.map((one) => one.path)).toEqual(['/api/runs', '/api/sessions/cookie']);
      expect(ended.mock.calls).toEqual([['another']]);
    }
  });

test('A page that was ended by another account stays so, also when its own comes back', async () => {
  const now = { ...holder('new', 2, 7) };
  const { asked, api, ended } = besides(now);
  await caught(api.post('/api/runs'));
  now.account = 1;
  expect((await caught(api.post('/api/runs'))).code).toBe('ended');
  expect(asked.filter((one) => one.path === '/api/sessions/cookie')).toHaveLength(1);
  expect(ended).toHaveBeenCalledOnce();
});

test('An answer that does not say whose the session is renews nothing', async () => {
  const { api, asked } = besides({ antiForgery: 'new' });
  expect((await caught(api.post('/api/runs'))).code).toBe('ended');
  expect(asked).toHaveLength(2);
});

test('A service that is away while a session is renewed ends none', async () => {
  const ended = vi.fn();
  const held = new AloneSession(holder('old'), root);
  held.onEnded(ended);
  fakeService((one) => (one.path.endsWith('/api/sessions/cookie') ? new Response('<html>', { status: 503 }) : problem(403, 'antiForgery')));
  expect((await caught(createApi(held, root).post('/api/runs'))).isPassing).toBe(true);
  expect(ended).not.toHaveBeenCalled();
});

test('A page that stands alone is told once its cookie is refused', async () => {
  fakeService(() => problem(401, 'session'));
  const held = new AloneSession(holder('word'), root);
  const ended = vi.fn();
  held.onEnded(ended);
  expect((await caught(createApi(held, root).get('/api/me'))).code).toBe('ended');
  expect(ended.mock.calls).toEqual([['expired']]);
});

function streamed(...chunks: (string | Uint8Array)[]): Response {
  return new Response(new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  }));
}

async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<unknown[]> {
  fakeService(() => streamed(...chunks));
  const events: unknown[] = [];
  await framed().stream('/api/runs/stream', (event) => events.push(event));
  return events;
}

test('Events of a stream are read across the borders of its pieces', async () => {
  const letters = new TextEncoder().encode('{"step":"Чтение"}\n');
  expect(await eventsOf('{"a"', ':1}\n{"a":2}', '\n', letters.slice(0, 11), letters.slice(11))).toEqual([{ a: 1 }, { a: 2 }, { step: 'Чтение' }]);
});

test('A broken line of a stream does not end the others', async () => {
  expect(await eventsOf('{"a":1}\n{"a":\n<html>\n\n   \nnull\n{"a":2}\r\n')).toEqual([{ a: 1 }, null, { a: 2 }]);
});

test('A last line without its end is no event', async () => {
  expect(await eventsOf('{"a":1}\n{"a":2}')).toEqual([{ a: 1 }]);
});

test('A stream that breaks is a problem that passes', async () => {
  fakeService(() => new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) })));
  expect((await caught(framed().stream('/api/runs/stream', () => undefined))).isPassing).toBe(true);
});

test('A stream refused with 401 is followed after a renewal', async () => {
  renewing();
  fakeService((one) => (bearer(one) === 'Bearer second' ? streamed('{"a":1}\n') : problem(401, 'token')));
  const events: unknown[] = [];
  await framed().stream('/api/runs/stream', (event) => events.push(event));
  expect(events).toEqual([{ a: 1 }]);
});

test('A file is saved under the service\'s name, or the one given', async () => {
  const saved: string[] = [];
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(this.download); });
  fakeService((_, turn) => new Response('a;b', turn === 1 ? { headers: { 'Content-Disposition': 'attachment; filename="x.csv"; filename*=UTF-8\'\'%D0%BA.csv' } } : {}));
  const api = framed();
  await api.download('/api/clients.csv', 'clients.csv');
  await api.download('/api/clients.csv', 'clients.csv');
  expect(saved).toEqual(['к.csv', 'clients.csv']);
  expect(document.querySelector('a[download]')).toBeNull();
});

test('A name of a file that cannot be read is none', () => {
  expect(nameFrom('attachment; filename*=UTF-8\'\'%E0%A4%A')).toBeNull();
  expect(nameFrom('attachment; filename=plain.csv')).toBe('plain.csv');
  expect(nameFrom('inline')).toBeNull();
});
