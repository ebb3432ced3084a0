// What the widget leaves behind: nothing that listens, waits, asks or paints, whatever the platform calls, in which order, how often.
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { EDITIONS, edition } from '../tools/editions.mjs';
import { readCard } from '../tools/archive.mjs';
import { Page, backend, card } from './harness.mjs';

Object.assign(backend, { analytics: `${backend.address}/pages/`, privacy: '' });

const CODE = 'ltv';
const session = { token: 'CfDJ8abc', expiresAt: '2026-11-21T09:15:00.000Z', role: 'admin' };
const inits = [['init', 'bind_actions'], ['bind_actions', 'init']];

const say = (page, message) => {
  const frame = page.window.document.querySelector('iframe');
  const source = frame ? frame.contentWindow : page.left;
  if (source) page.window.dispatchEvent(new page.window.MessageEvent('message', { data: { amoltv: 1, ...message }, origin: backend.address, source }));
};

// Each area as its manifest names it: what the platform calls in it, what a user does there, and how many requests that makes.
const AREAS = {
  lcard: { own: null, use: (page) => page.look(true), requests: 1 },
  ccard: { own: null, use: (page) => page.look(true), requests: 1 },
  comcard: { own: null, use: (page) => page.look(true), requests: 1 },
  settings: { own: 'settings', use: () => {}, requests: 0 },
  advanced_settings: { own: 'advancedSettings', use: (page) => { say(page, { kind: 'ready' }); say(page, { kind: 'ready' }); }, requests: 1 },
  widget_page: { own: 'initMenuPage', use: (page) => { say(page, { kind: 'ready' }); say(page, { kind: 'renew' }); }, requests: 1 },
};

test('Every area that a manifest names is gone through here', () => {
  const areas = EDITIONS.flatMap((name) => JSON.parse(edition(readCard(), name).get('manifest.json').toString('utf8')).locations.map((one) => one.split('-')[0]));
  assert.deepEqual([...new Set(areas)].sort(), Object.keys(AREAS).sort());
});

/** A page that counts who listens on it, and whose timers and watchers are known. */
function stage(area) {
  const isCard = area.endsWith('card');
  const page = new Page({ area: area === 'advanced_settings' ? 'advanced-settings' : area, id: isCard ? 900 : null,
    html: `<div id="work-area-${CODE}"></div><div id="${CODE}_custom_content"></div><input type="hidden" id="${CODE}_custom">` });
  const { window } = page;
  page.listeners = new Set();
  page.watching = 0;
  for (const target of [window, window.document]) {
    const { addEventListener, removeEventListener } = target;
    // jsdom itself listens to where the mouse is.
    const isOwn = (type) => !['mouseover', 'mouseout'].includes(type);
    const name = (type, act, how) => `${target === window ? 'window' : 'document'} ${type} ${Boolean(how?.capture ?? how)} ${identify(act)}`;
    target.addEventListener = function (type, act, how) { if (isOwn(type)) page.listeners.add(name(type, act, how)); return addEventListener.call(this, type, act, how); };
    target.removeEventListener = function (type, act, how) { page.listeners.delete(name(type, act, how)); return removeEventListener.call(this, type, act, how); };
  }
  window.MutationObserver = class extends window.MutationObserver {
    observe(...given) { page.watching += 1; super.observe(...given); }

    disconnect() { page.watching -= 1; super.disconnect(); }
  };
  window.APP.notifications = { show_message_error: () => { page.told = (page.told ?? 0) + 1; } };
  return page;
}

const known = new Map();
function identify(act) {
  if (!known.has(act)) known.set(act, known.size);
  return known.get(act);
}

function enter(page, area, order) {
  const { callbacks } = page.widget;
  const { own } = AREAS[area];
  assert.equal(callbacks.render(), true);
  for (const name of order) assert.equal(callbacks[name](), true);
  if (own) callbacks[own](page.window.$('body'), { location: 'widget_page' });
  AREAS[area].use(page);
}

const picture = (page) => page.window.document.body.innerHTML;

// Whatever may still come after the user has left: answers, messages of the frame, time, other tabs, the mouse and the keyboard.
async function everythingLate(page, area) {
  for (const request of page.requests) request.succeed(area.endsWith('card') ? card() : session);
  await page.settled();
  for (const kind of ['ready', 'renew', 'height', 'names']) say(page, { kind, px: 900, request: 1, of: 'users', ids: [7] });
  page.look(false);
  page.look(true);
  page.window.document.documentElement.setAttribute('data-color-scheme', 'dark');
  page.window.document.body.click();
  page.window.document.dispatchEvent(new page.window.KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  for (const one of page.window.document.querySelectorAll('[data-ltvw-explain], [data-ltvw-retry], [data-ltvw-send], summary')) one.click();
  await page.pass(900);
  page.window.document.documentElement.removeAttribute('data-color-scheme');
}

for (const area of Object.keys(AREAS)) {
  for (const order of inits) {
    test(`The area ${area} is left without a trace, ${order.join(' before ')}, twice`, async () => {
      const page = stage(area);
      for (let round = 1; round <= 2; round += 1) {
        enter(page, area, order);
        page.left = page.window.document.querySelector('iframe')?.contentWindow;
        assert.equal(page.requests.length, round * AREAS[area].requests, 'one request an entry');
        page.widget.callbacks.destroy();
        const before = picture(page);
        await everythingLate(page, area);
        assert.equal(picture(page), before, 'nothing is painted after destroy');
        assert.equal(page.requests.length, round * AREAS[area].requests, 'nothing is asked after destroy');
        assert.equal(page.timers.size, 0, 'nothing waits');
        assert.deepEqual([...page.listeners], [], 'nobody listens');
        assert.equal(page.watching, 0, 'nobody watches');
        assert.equal(page.told, undefined);
      }
    });

    test(`The area ${area} that is entered twice without destroy is as if once, ${order.join(' before ')}`, async () => {
      const page = stage(area);
      enter(page, area, order);
      const listeners = [...page.listeners].length;
      const [watching, timers] = [page.watching, page.timers.size];
      enter(page, area, order);
      assert.deepEqual([[...page.listeners].length, page.watching, page.timers.size], [listeners, watching, timers]);
      assert.equal(page.requests.length, 2 * AREAS[area].requests, 'one request an entry');
      assert.ok(page.window.document.querySelectorAll('.ltvw, iframe, [data-ltvw-next]').length <= 1);
      page.widget.callbacks.destroy();
      page.widget.callbacks.destroy();
      await everythingLate(page, area);
      assert.deepEqual([...page.listeners], []);
      assert.equal(page.timers.size, 0);
    });

    test(`The area ${area} that is left in the middle of showing its answer shows no more, ${order.join(' before ')}`, async () => {
      const page = stage(area);
      enter(page, area, order);
      for (const request of page.requests) request.succeed(area.endsWith('card') ? card() : session);
      await page.settled();
      page.widget.callbacks.destroy();
      const [before, asked] = [picture(page), page.requests.length];
      // A press on a part that unfolds is the browser's own doing.
      for (const summary of page.window.document.querySelectorAll('summary')) summary.addEventListener('click', (event) => event.preventDefault());
      await everythingLate(page, area);
      assert.equal(picture(page), before);
      assert.equal(page.requests.length, asked);
      assert.deepEqual([...page.listeners], []);
      assert.equal(page.timers.size, 0);
    });
  }
}

test('From card to settings to menu and back, each area is alone', async () => {
  const page = stage('comcard');
  const { callbacks } = page.widget;
  for (let round = 0; round < 2; round += 1) {
    for (const area of ['comcard', 'advanced_settings', 'ccard', 'widget_page', 'lcard', 'settings']) {
      page.open(area === 'advanced_settings' ? 'advanced-settings' : area, area.endsWith('card') ? 900 : null);
      enter(page, area, inits[round]);
      assert.equal(page.window.document.querySelectorAll('iframe').length, AREAS[area].own && area !== 'settings' ? 1 : 0, area);
      assert.equal(callbacks.onSave({ active: 'Y', fields: {} }), true);
      callbacks.destroy();
      assert.deepEqual([...page.listeners], [], area);
      assert.equal(page.timers.size, 0, area);
    }
  }
  assert.equal(page.requests.length, 10);
});

test('Disabling the widget forgets everything and leaves nothing behind', async () => {
  const page = stage('comcard');
  enter(page, 'comcard', inits[0]);
  page.requests[0].succeed(card());
  await page.settled();
  page.find('summary').click();
  assert.equal(page.widget.callbacks.onSave({ active: 'N', fields: {} }), true);
  page.widget.callbacks.destroy();
  await everythingLate(page, 'comcard');
  assert.equal(page.window.sessionStorage.length + page.window.localStorage.length, 0);
  assert.deepEqual([...page.listeners], []);
});
