// The platform as far as the widget meets it: a loader, APP, a Widget object, a card page in jsdom.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
import { JSDOM } from 'jsdom';
import { cardFolder } from '../tools/archive.mjs';

const require = createRequire(import.meta.url);
const jquery = readFileSync(require.resolve('jquery/dist/jquery.js'), 'utf8');

export const NOW = Date.parse('2026-11-21T09:00:00Z');
export const backend = { address: 'https://ltv.test', support: 'help@ltv.test' };

export const dictionary = (language) => JSON.parse(readFileSync(join(cardFolder, 'i18n', `${language}.json`), 'utf8'));

/** A module of lib/, loaded with Node's own globals. */
export function module(name, globals = {}) {
  let made;
  const define = (needed, factory) => { made = factory(); };
  const code = readFileSync(join(cardFolder, 'lib', `${name}.js`), 'utf8');
  vm.runInNewContext(code, { define, Intl, Date, Math, Number, JSON, console, ...globals });
  return made;
}

export const words = (language) => module('words')((key) => dictionary(language)[key]);

/** A card as the server sends it; overrides replace whole branches. */
export function card(overrides = {}) {
  return {
    version: '1-900-7',
    customer: { entity: 'companies', id: 900 }, state: 'valued', currency: { code: 'RUB', symbol: '₽' },
    basis: 'revenue', vat: null,
    ltv: { value: 1238916, kind: 'formula', isFloored: false, note: null },
    factors: { averageOrderValue: 120400, purchasesPerYear: 2.1, lifetimeYears: 4.9, isLifetimeAssumed: false },
    bought: { value: 842800, purchases: 7, averageOrderValue: 120400, firstPurchase: '2024-01-05', lastPurchase: '2026-08-11', periodMonths: null },
    tier: { code: 'A', name: 'A', color: '#2c8a57' }, topPercent: 6,
    forecast: { months: 12, value: 312400, low: 118000, high: 544000, orNone: false, probability: 0.8, purchases: 2.4, repeatProbability: 0.64,
      nextPurchase: '2026-12-14', grade: { customers: 250, bought: 195 } },
    noForecast: null,
    lifecycle: { state: 'slipping', typicalGapDays: 60, gapSource: 'own' },
    acquisition: { cac: 203000, ltvToCac: 6.1, paybackMonths: 5 },
    history: [{ day: '2024-01-05', value: 120400 }, { day: '2025-03-01', value: 602000 }, { day: '2026-08-11', value: 842800 }],
    leads: {
      counted: { total: 7, items: [{ id: 17, day: '2026-08-11', amount: 120400, kind: 'purchase', reason: null, comment: null },
        { id: 16, day: '2026-07-01', amount: 9000, kind: 'creditNote', reason: null, comment: null }] },
      excluded: { total: 2, items: [{ id: 15, day: null, amount: null, kind: 'excluded', reason: 'noAmount', comment: null },
        { id: 14, day: null, amount: 5000, kind: 'excluded', reason: 'excludedByHand', comment: 'не наша' }] },
    },
    change: { at: '2026-11-21T03:12:00Z', before: 1196916, byPurchases: 61000, bySettings: 0, byModel: -12000, byAgeing: -7000 },
    gaps: [], remark: null, mayOpenAnalytics: false,
    freshness: { asOf: '2026-11-01', calculatedAt: '2026-11-21T03:12:00Z', connection: 'ok' },
    ...overrides,
  };
}

/** A page with the widget on it. Requests are kept in `requests`, each answered by hand. */
export class Page {
  constructor({ language = 'ru', area = 'comcard', id = 900, user = 7, html = '' } = {}) {
    this.dom = new JSDOM(`<!doctype html><html><head></head><body><div id="panel"></div>${html}</body></html>`,
      { url: 'https://demo.amocrm.ru/', runScripts: 'outside-only', pretendToBeVisual: true });
    this.window = this.dom.window;
    this.language = language;
    this.area = area;
    this.user = user;
    this.requests = [];
    this.window.eval(jquery);
    this.now = NOW;
    this.timers = new Map();
    this.#keepTime();
    this.window.APP = { data: {}, constant: (name) => ({ user: { id: this.user }, account: { id: 31000 } })[name], lang_id: language };
    this.open(area, id);
    this.widget = this.#widget();
  }

  // The page's own clock: nothing happens by itself, and `pass` lets time go by.
  #keepTime() {
    let last = 0;
    this.window.Date.now = () => this.now;
    this.window.Math.random = () => 0.5;
    this.window.setTimeout = (act, wait = 0) => {
      last += 1;
      this.timers.set(last, { act, at: this.now + wait });
      return last;
    };
    this.window.clearTimeout = (timer) => { this.timers.delete(timer); };
  }

  async pass(seconds) {
    const until = this.now + seconds * 1000;
    for (;;) {
      const [id, due] = [...this.timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (due === undefined || due.at > until) break;
      this.now = due.at;
      this.timers.delete(id);
      due.act();
      await this.settled();
    }
    this.now = until;
  }

  /** The reader turns to another tab, or back. */
  look(isHere) {
    Object.defineProperty(this.window.document, 'visibilityState', { value: isHere ? 'visible' : 'hidden', configurable: true });
    this.window.document.dispatchEvent(new this.window.Event('visibilitychange'));
  }

  open(area, id) {
    this.area = area;
    this.window.APP.data.current_card = id === null ? false : { id };
  }

  #widget() {
    const page = this;
    const words = dictionary(this.language);
    const platform = {
      params: { path: '/widgets/ltv/', widget_code: 'ltv' },
      system: () => ({ area: page.area, amouser_id: page.user }),
      get_settings: () => ({ widget_code: 'ltv', path: '/widgets/ltv/' }),
      get_version: () => '0.1.0',
      i18n: (key) => key.split('.').reduce((node, part) => node?.[part], words) ?? false,
      render_template: ({ body }) => { page.window.$('#panel').html(body); },
      $authorizedAjax: (options) => page.#request(options),
    };
    this.window.platform = platform;
    const Widget = this.#load();
    this.window.Widget = Widget;
    Widget.prototype = platform;
    return new Widget();
  }

  #request(options) {
    const deferred = this.window.$.Deferred();
    const request = deferred.promise();
    request.abort = () => { request.isAborted = true; };
    this.requests.push({
      options, request,
      succeed: (body) => deferred.resolve(body, 'success', { status: 200 }),
      unchanged: () => deferred.resolve(undefined, 'notmodified', { status: 304 }),
      created: () => deferred.resolve(undefined, 'success', { status: 201 }),
      fail: (status, body) => deferred.reject({ status, responseText: body === undefined ? '' : JSON.stringify(body) }),
    });
    return request;
  }

  #load() {
    const defined = { jquery: this.window.$, './lib/backend.js': backend };
    const load = (name) => {
      if (!(name in defined)) {
        this.window.define = (needed, factory) => { defined[name] = factory.apply(null, needed.map(load)); };
        this.window.eval(readFileSync(join(cardFolder, name), 'utf8'));
      }
      return defined[name];
    };
    return load('./script.js');
  }

  enter(order = ['init', 'bind_actions']) {
    const drawn = this.widget.callbacks.render();
    if (drawn === true) for (const callback of order) this.widget.callbacks[callback]();
    return drawn;
  }

  get root() { return this.window.document.querySelector('.ltvw'); }

  get text() { return this.root.textContent.replaceAll('\u00a0', ' '); }

  get state() { return this.root.getAttribute('data-ltvw-state'); }

  find(selector) { return this.root.querySelector(selector); }

  part(name) { return this.find(`details[data-ltvw-key="${name}"]`); }

  said(name) { return this.part(name).textContent.replaceAll('\u00a0', ' '); }

  figure(name) { return this.find(`[data-ltvw-figure="${name}"] dd`).textContent; }

  async settled() { for (let i = 0; i < 5; i += 1) await new Promise((done) => { setImmediate(done); }); }

  /** Enters the card and answers its one request. */
  async answered(answer) {
    this.enter();
    answer(this.requests.at(-1));
    await this.settled();
    return this;
  }
}
