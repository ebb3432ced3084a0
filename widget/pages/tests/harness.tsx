import { type ComponentChildren, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, vi } from 'vitest';
import { PageContext, type PageState } from '../src/app/context';
import { LookContext } from '../src/app/look';
import { createFormat } from '../src/format';
import type { Api } from '../src/session/api';
import type { Me } from '../src/session/me';
import { Names } from '../src/session/names';
import type { Parent } from '../src/session/parent';
import type { FromParent, ToParent } from '../src/session/messages';
import { ApiProblem } from '../src/session/problem';
import { type Language, shellWords } from '../src/words';

export const hostile = 'ООО "Очень-очень длинное название с кавычками & <тегами> <img src=x onerror="window.struck=1">"';

export const me: Me = {
  account: { id: 1, name: hostile, address: 'https://acme.amocrm.ru', brand: 'amocrm', currency: 'RUB', currencySymbol: '₽', timeZone: 'Europe/Moscow' },
  user: { id: 7 }, role: 'admin', basis: 'revenue', asOf: '2026-11-01', valuedAt: '2026-11-22T00:12:00Z', connection: { state: 'connected', isWorking: true },
};

const nobody = () => Promise.reject(new ApiProblem(404, 'nobody'));
const silentApi: Api = { get: nobody, post: nobody, put: nobody, delete: nobody, stream: nobody, download: nobody };

let drawn: HTMLElement[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const place of drawn) {
    // Inside, so that what effects leave behind is cleaned up while there still is a window.
    await act(() => render(null, place));
    place.remove();
  }
  drawn = [];
});

export interface Setting extends Partial<Omit<PageState, 'api'>> {
  readonly language?: Language;
  readonly api?: Partial<Api>;
}

/** Draws inside what every page stands in; returns the place it is drawn to. */
export async function draw(what: ComponentChildren, { language = 'ru', api = {}, ...setting }: Setting = {}): Promise<HTMLElement> {
  const page: PageState = {
    me, names: new Names(null), isFramed: false, ...setting, api: { ...silentApi, ...api },
    format: createFormat({ language, words: shellWords[language], currency: { code: 'RUB', symbol: '₽' }, timeZone: 'Europe/Moscow' }),
  };
  return drawBare(<LookContext.Provider value={{ language, theme: 'light' }}><PageContext.Provider value={page}>{what}</PageContext.Provider></LookContext.Provider>);
}

export async function drawBare(what: ComponentChildren, place: HTMLElement = document.createElement('div')): Promise<HTMLElement> {
  if (!place.isConnected) {
    document.body.append(place);
    drawn.push(place);
  }
  await act(() => render(what, place));
  await settle();
  return place;
}

// Fake timers replace it later.
const soon = setImmediate;

/** Lets answers, promises and what they draw come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await act(() => new Promise<void>((resolve) => { soon(resolve); }));
}

/** Lets time pass, by fake timers. */
export async function pass(milliseconds: number): Promise<void> {
  await act(async () => { await vi.advanceTimersByTimeAsync(milliseconds); });
  await settle();
}

export async function click(element: Element | null | undefined): Promise<void> {
  if (!(element instanceof HTMLElement)) throw new Error('There is nothing to click.');
  await act(() => element.click());
  await settle();
}

export async function type(element: Element | null | undefined, value: string): Promise<void> {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) throw new Error('There is nothing to type into.');
  await act(() => {
    element.value = value;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

export async function press(key: string, element: Element = document.body): Promise<void> {
  await act(() => { element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); });
}

export const seen = (text: string | null | undefined) => (text ?? '').replaceAll('\u00a0', ' ');

export function button(place: ParentNode, name: string): HTMLButtonElement | undefined {
  return [...place.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === name);
}

/** A widget around the frame, as far as its messages go. */
export class FakeParent implements Parent {
  readonly sent: ToParent[] = [];
  private readonly listeners = new Set<(message: FromParent) => void>();

  send(message: ToParent): void {
    this.sent.push(message);
  }

  listen(listener: (message: FromParent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(message: FromParent): void {
    for (const listener of [...this.listeners]) listener(message);
  }

  sentOf(kind: ToParent['kind']): ToParent[] {
    return this.sent.filter((message) => message.kind === kind);
  }
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string | null;
}

/** A service: answers each request by the function given, and remembers what it was asked. */
export function fakeService(answer: (asked: Asked, turn: number) => Response | Promise<Response>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', async (address: URL, setting: RequestInit) => {
    const asked: Asked = {
      method: setting.method ?? 'GET', path: address.pathname + address.search, headers: new Headers(setting.headers),
      body: typeof setting.body === 'string' ? setting.body : null,
    };
    all.push(asked);
    return answer(asked, all.length);
  });
  return all;
}

/** The session of a page that stands alone, as the service tells of it: of {@link me} unless said otherwise. */
export const holder = (antiForgery: string, account = me.account.id, user = me.user.id) => ({ antiForgery, account, user });

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json', ...headers } });
export const problem = (status: number, code: string, detail = 'Words of the service.') => json({ status, code, detail }, status);
