// Our pages inside the CRM's: the frame, its session, the names it asks for, and the way out of the CRM.
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { NOW, Page, backend, dictionary } from './harness.mjs';

Object.assign(backend, { analytics: `${backend.address}/pages/`, privacy: '' });

const CODE = 'ltv';
const session = { token: 'CfDJ8abc', expiresAt: '2026-11-21T09:15:00.000Z', role: 'admin' };
const orders = [['init', 'bind_actions'], ['bind_actions', 'init']];
const areas = [
  ['advanced-settings', (callbacks) => callbacks.advancedSettings(), 'settings'],
  ['widget_page', (callbacks) => callbacks.initMenuPage({ location: 'widget_page', item_code: 'ltv_main' }), 'analytics'],
  ['widget-page', (callbacks) => callbacks.initMenuPage({ location: 'stats', subitem_code: 'ltv_report' }), 'analytics'],
];

/** A page of the CRM with the container of an area, whose timers run by hand. */
function stage({ area = 'advanced-settings', container = `work-area-${CODE}`, language = 'ru' } = {}) {
  const page = new Page({ area, id: null, language, html: container ? `<div id="${container}"><p>own</p></div>` : '' });
  const { window } = page;
  page.timers = [];
  page.told = [];
  page.crm = [];
  window.setTimeout = (run, after) => page.timers.push({ run, after, isLive: true });
  window.clearTimeout = (id) => { if (page.timers[id - 1]) page.timers[id - 1].isLive = false; };
  window.APP.notifications = { show_message_error: (message) => page.told.push(message) };
  window.APP.constant = (name) => ({
    user: { id: 7 }, account: { id: 31000 },
    managers: { 7: { id: 7, title: 'Анна Петрова', is_admin: 'Y' }, 8: { id: 8, title: '<img src=x onerror=1>', is_admin: 'N' } },
  })[name];
  window.platform.get_install_status = () => page.status ?? 'installed';
  window.$.ajax = (options) => {
    const answer = window.$.Deferred();
    page.crm.push({ options, succeed: (body) => answer.resolve(body), fail: (status = 403) => answer.reject({ status }) });
    return answer.promise();
  };
  return page;
}

const frameOf = (page) => page.window.document.querySelector('iframe');

function listen(page) {
  const sent = [];
  frameOf(page).contentWindow.postMessage = (message, origin) => sent.push({ ...message, origin });
  return sent;
}

function say(page, message, { origin = backend.address, source = frameOf(page).contentWindow } = {}) {
  page.window.dispatchEvent(new page.window.MessageEvent('message', { data: { amoltv: 1, ...message }, origin, source }));
}

function runTimers(page) {
  page.timers.filter((timer) => timer.isLive).forEach((timer) => { timer.isLive = false; timer.run(); });
}

const elementsLeft = (page) => page.window.document.querySelectorAll('iframe, [data-ltvw-frame]').length;

for (const [area, open, first] of areas) {
  for (const order of orders) {
    test(`The area ${area} shows our page, ${order.join(' before ')}, twice`, async () => {
      const page = stage({ area });
      for (let round = 0; round < 2; round += 1) {
        assert.equal(page.widget.callbacks.render(), true);
        for (const name of order) assert.equal(page.widget.callbacks[name](), true);
        open(page.widget.callbacks);
        const sent = listen(page);
        say(page, { kind: 'ready' });
        page.requests.at(-1).succeed(session);
        await page.settled();
        assert.deepEqual(sent, [{ amoltv: 1, kind: 'session', token: session.token, expiresAt: session.expiresAt, language: 'ru', theme: 'light', area: first, origin: backend.address }]);
        assert.equal(page.window.document.querySelectorAll('iframe').length, 1);
        page.widget.callbacks.destroy();
        assert.equal(elementsLeft(page), 0);
      }
      assert.equal(page.requests.length, 2);
      assert.equal(page.window.document.querySelector(`#work-area-${CODE}`).textContent, 'own', 'What the CRM put there stays.');
    });
  }
}

const places = [
  ...['lcard', 'ccard', 'comcard'].map((area) => [area, 0, 0]),
  ...['settings', 'advanced-settings', 'advanced_settings'].map((area) => [area, 1, 0]),
  ...['widget_page', 'widget-page', 'stats'].map((area) => [area, 0, 1]),
];
for (const [area, settings, menu] of places) {
  test(`In the area ${area} a page stands only where it belongs, whatever is called`, () => {
    const page = stage({ area });
    for (const [call, frames] of [['advancedSettings', settings], ['initMenuPage', menu]]) {
      page.widget.callbacks[call]({ location: 'widget_page' });
      assert.equal(page.window.document.querySelectorAll('iframe').length, frames, call);
      assert.equal(page.timers.filter((timer) => timer.isLive).length, frames, 'and nothing waits for a place');
      page.widget.callbacks.destroy();
    }
    assert.equal(page.requests.length, 0);
  });
}

test('Opening an area again without destroy leaves one frame', () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  page.widget.callbacks.advancedSettings();
  assert.equal(page.window.document.querySelectorAll('iframe').length, 1);
  page.widget.callbacks.destroy();
  page.widget.callbacks.destroy();
  assert.equal(elementsLeft(page), 0);
});

test('The frame is at our own address for this account, with no token in it and few rights', () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  const frame = frameOf(page);
  assert.equal(frame.src, `${backend.address}/pages/frame?account=31000&parent=${encodeURIComponent(page.window.location.origin)}`);
  assert.equal(frame.getAttribute('referrerpolicy'), 'no-referrer');
  assert.doesNotMatch(frame.getAttribute('sandbox'), /top-navigation/);
  assert.ok(frame.title.length > 0);
});

test('The older container of the page serves as well', () => {
  const page = stage({ container: 'list_page_holder' });
  page.widget.callbacks.advancedSettings();
  assert.equal(page.window.document.querySelectorAll('#list_page_holder iframe').length, 1);
});

test('A container that comes late is waited for, and one that never comes is told of', () => {
  const page = stage({ container: null });
  page.widget.callbacks.advancedSettings();
  page.window.document.body.insertAdjacentHTML('beforeend', `<div id="work-area-${CODE}"></div>`);
  runTimers(page);
  assert.equal(page.window.document.querySelectorAll('iframe').length, 1);

  const empty = stage({ container: null });
  empty.widget.callbacks.advancedSettings();
  empty.window.Date.now = () => NOW + 4000;
  runTimers(empty);
  assert.equal(empty.told.length, 1);
  assert.match(empty.told[0].text, /help@ltv\.test/);
});

test('Leaving before the container has come mounts nothing later', () => {
  const page = stage({ container: null });
  page.widget.callbacks.advancedSettings();
  page.widget.callbacks.destroy();
  page.window.document.body.insertAdjacentHTML('beforeend', `<div id="work-area-${CODE}"></div>`);
  runTimers(page);
  assert.equal(elementsLeft(page), 0);
});

const strangers = [
  ['another origin', { origin: 'https://evil.test' }],
  ['another frame of the same host', { source: null }],
  ['the same host without https', { origin: backend.address.replace('https', 'http') }],
];
for (const [who, from] of strangers) {
  test(`A page of ${who} gets no session`, async () => {
    const page = stage();
    page.widget.callbacks.advancedSettings();
    const sent = listen(page);
    for (const kind of ['ready', 'renew']) say(page, { kind }, from);
    say(page, { kind: 'names', request: 1, of: 'users', ids: [7] }, from);
    await page.settled();
    assert.equal(page.requests.length, 0);
    assert.deepEqual(sent, []);
  });
}

test('A message that is not ours is passed over', async () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  const { contentWindow } = frameOf(page);
  for (const data of [null, 'ready', 5, { kind: 'ready' }, { amoltv: 2, kind: 'ready' }]) {
    page.window.dispatchEvent(new page.window.MessageEvent('message', { data, origin: backend.address, source: contentWindow }));
  }
  assert.equal(page.requests.length, 0);
});

test('A page that asks for its session twice at once is answered once, and again when it asks later', async () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  const sent = listen(page);
  say(page, { kind: 'ready' });
  say(page, { kind: 'renew' });
  assert.equal(page.requests.length, 1);
  page.requests[0].succeed(session);
  await page.settled();
  say(page, { kind: 'renew' });
  page.requests[1].succeed({ ...session, token: 'next' });
  await page.settled();
  assert.deepEqual(sent.map((message) => message.token), [session.token, 'next']);
});

test('The session is asked for with the platform\'s token, by POST', () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  say(page, { kind: 'ready' });
  const { options } = page.requests[0];
  assert.equal(options.url, `${backend.address}/api/sessions`);
  assert.equal(options.method, 'POST');
});

test('An answer that comes after the user has left goes nowhere', async () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  say(page, { kind: 'ready' });
  page.widget.callbacks.destroy();
  page.widget.callbacks.advancedSettings();
  const sent = listen(page);
  page.requests[0].succeed(session);
  await page.settled();
  assert.deepEqual(sent, []);
});

const refusals = [
  [401, { code: 'token' }, 'token'], [403, { code: 'switchedOff' }, 'switchedOff'], [404, { code: 'unknownAccount' }, 'unknownAccount'],
  [0, undefined, 'unreachable'], [503, '<html>', 'unreachable'], [418, { code: 'teapot' }, 'failed'],
];
for (const language of ['ru', 'en']) {
  for (const [status, body, cause] of refusals) {
    test(`Status ${status} (${cause}) is told in ${language} with a way to us and a way to try again`, async () => {
      const page = stage({ language });
      page.widget.callbacks.advancedSettings();
      const sent = listen(page);
      say(page, { kind: 'ready' });
      page.requests[0].fail(status, body);
      await page.settled();
      const notice = page.window.document.querySelector('[role="alert"]');
      assert.ok(notice.textContent.includes(dictionary(language).frame.problems[cause]));
      assert.match(notice.textContent, /help@ltv\.test/);
      notice.querySelector('button').click();
      page.requests[1].succeed(session);
      await page.settled();
      assert.equal(sent.length, 1);
      assert.equal(page.window.document.querySelector('[role="alert"]'), null);
    });
  }
}

test('A page that stays silent is told of, and loaded anew on request', () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  runTimers(page);
  const notice = page.window.document.querySelector('[role="alert"]');
  assert.ok(notice.textContent.includes(dictionary('ru').frame.problems.silent));
  notice.querySelector('button').click();
  assert.equal(page.window.document.querySelector('[role="alert"]'), null);
  assert.equal(page.timers.at(-1).isLive, true);
});

test('A page that speaks is not said to be silent', () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  say(page, { kind: 'ready' });
  runTimers(page);
  assert.equal(page.window.document.querySelector('[role="alert"]'), null);
});

test('A change of the theme is passed on while the page is shown, and no longer', async () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  const sent = listen(page);
  page.window.document.documentElement.setAttribute('data-color-scheme', 'dark');
  await page.settled();
  assert.deepEqual(sent, [{ amoltv: 1, kind: 'theme', theme: 'dark', origin: backend.address }]);
  page.widget.callbacks.destroy();
  page.window.document.documentElement.setAttribute('data-color-scheme', 'light');
  await page.settled();
  assert.equal(sent.length, 1);
});

test('The frame is as high as its page, within bounds', () => {
  const page = stage();
  page.window.innerHeight = 600;
  page.widget.callbacks.advancedSettings();
  frameOf(page).getBoundingClientRect = () => ({ top: 100 });
  const heights = [900, 10, 1e9, 'auto', NaN, -4].map((px) => { say(page, { kind: 'height', px }); return frameOf(page).style.height; });
  assert.deepEqual(heights, ['900px', '500px', '30000px', '30000px', '30000px', '30000px']);
});

async function namesOf(page, of, ids, answer) {
  page.widget.callbacks.advancedSettings();
  const sent = listen(page);
  say(page, { kind: 'names', request: 3, of, ids });
  await page.settled();
  answer?.(page.crm);
  await page.settled();
  return sent;
}

test('Names of users are the platform\'s own, without a request', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [7, 8]);
  assert.deepEqual({ ...sent[0].names }, { 7: 'Анна Петрова', 8: '<img src=x onerror=1>' });
  assert.equal(sent[0].request, 3);
  assert.equal(page.crm.length, 0);
});

test('A user whom the platform does not name is looked for once', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [7, 99], ([request]) => request.succeed({ _embedded: { users: [{ id: 99, name: 'Бывший' }] } }));
  say(page, { kind: 'names', request: 4, of: 'users', ids: [100] });
  await page.settled();
  assert.deepEqual({ ...sent[0].names }, { 7: 'Анна Петрова', 99: 'Бывший' });
  assert.deepEqual({ ...sent[1].names }, {});
  assert.deepEqual(page.crm.map((request) => request.options.url), ['/api/v4/users']);
});

const wantUser = async (page, request, id) => {
  say(page, { kind: 'names', request, of: 'users', ids: [id] });
  await page.settled();
};
const usersPage = (id, isLast) => ({ _embedded: { users: [{ id, name: `Сотрудник ${id}` }] }, ...(isLast ? {} : { _links: { next: { href: 'https://demo.amocrm.ru/api/v4/users?page=9' } } }) });

test('A question reads one page of the list of users, the next one the next page, to the last', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [101, 102]);
  for (const [index, answer] of [usersPage(101), usersPage(102), undefined].entries()) {
    assert.equal(page.crm.length, index + 1);
    assert.deepEqual([page.crm[index].options.url, page.crm[index].options.data.page], ['/api/v4/users', index + 1]);
    page.crm[index].succeed(answer);
    await page.settled();
    await wantUser(page, 10 + index, 500);
  }
  assert.deepEqual({ ...sent[0].names }, { 101: 'Сотрудник 101' });
  assert.equal(page.crm.length, 3);
  say(page, { kind: 'names', request: 20, of: 'users', ids: [101, 102] });
  await page.settled();
  assert.deepEqual({ ...sent.at(-1).names }, { 101: 'Сотрудник 101', 102: 'Сотрудник 102' });
});

test('Questions that come while a page of users is awaited share it', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [101]);
  await wantUser(page, 4, 102);
  assert.equal(page.crm.length, 1);
  page.crm[0].succeed({ _embedded: { users: [{ id: 101, name: 'Раз' }, { id: 102, name: 'Два' }] } });
  await page.settled();
  assert.deepEqual(sent.map((message) => ({ ...message.names })), [{ 101: 'Раз' }, { 102: 'Два' }]);
});

test('A list of users that offers a next page for ever is left', async () => {
  const page = stage();
  await namesOf(page, 'users', [99]);
  for (let asked = 0; asked < 60; asked += 1) {
    page.crm.at(-1).succeed(usersPage(1000 + asked));
    await page.settled();
    await wantUser(page, 100 + asked, 99);
  }
  assert.equal(page.crm.length, 40);
});

for (const status of [0, 429, 504]) {
  test(`A list of users that failed with status ${status} is asked for again by whoever wants a name next`, async () => {
    const page = stage();
    const sent = await namesOf(page, 'users', [99], ([request]) => request.fail(status));
    assert.deepEqual({ ...sent[0].names }, {});
    await wantUser(page, 4, 99);
    page.crm[1].succeed(usersPage(99, true));
    await page.settled();
    assert.deepEqual({ ...sent[1].names }, { 99: 'Сотрудник 99' });
  });
}

test('A second page of users that fails leaves the first one\'s names, and is asked for again', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [101, 102], ([request]) => request.succeed(usersPage(101)));
  assert.deepEqual({ ...sent[0].names }, { 101: 'Сотрудник 101' });
  await wantUser(page, 4, 102);
  page.crm[1].fail(504);
  await page.settled();
  await wantUser(page, 5, 102);
  assert.deepEqual(page.crm.map((request) => request.options.data.page), [1, 2, 2]);
});

test('A user who may not see the list does not have it asked for again', async () => {
  const page = stage();
  const sent = await namesOf(page, 'users', [99], ([request]) => request.fail(403));
  await wantUser(page, 4, 100);
  assert.equal(page.crm.length, 1);
  assert.equal(sent.length, 2);
});

test('Names of contacts come by one request for a page of ids, asked of the CRM once', async () => {
  const page = stage();
  const ids = Array.from({ length: 50 }, (_, index) => index + 1);
  const answer = ([request]) => request.succeed({ _embedded: { contacts: ids.map((id) => ({ id, name: `Контакт ${id}` })) } });
  const sent = await namesOf(page, 'contacts', ids, answer);
  say(page, { kind: 'names', request: 4, of: 'contacts', ids: [5, 6] });
  await page.settled();
  assert.equal(page.crm.length, 1);
  assert.equal(page.crm[0].options.url, '/api/v4/contacts');
  assert.deepEqual(page.window.$.param(page.crm[0].options.data).slice(0, 34), 'filter%5Bid%5D%5B%5D=1&filter%5Bid');
  assert.equal(Object.keys(sent[0].names).length, 50);
  assert.deepEqual({ ...sent[1].names }, { 5: 'Контакт 5', 6: 'Контакт 6' });
});

test('People whom the CRM does not show to this user stay numbers', async () => {
  const refused = stage();
  assert.deepEqual({ ...(await namesOf(refused, 'contacts', [5], ([request]) => request.fail()))[0].names }, {});
  const empty = stage();
  assert.deepEqual({ ...(await namesOf(empty, 'contacts', [5], ([request]) => request.succeed(undefined)))[0].names }, {});
});

test('A question that is no question is not asked', async () => {
  const page = stage();
  page.widget.callbacks.advancedSettings();
  for (const wrong of [{ of: 'companies', ids: [1] }, { of: 'contacts', ids: Array(51).fill(1) }, { of: 'contacts', ids: '1' }, { of: 'contacts', ids: [1], request: 'x' }]) {
    say(page, { kind: 'names', request: 1, ...wrong });
  }
  const sent = listen(page);
  say(page, { kind: 'names', request: 2, of: 'contacts', ids: ['1', -1, 1.5, null] });
  await page.settled();
  assert.equal(page.crm.length, 0);
  assert.deepEqual({ ...sent[0].names }, {});
});

// ---- the way out of the CRM ----

/** A card with the link that permitted users get, and a browser that opens tabs or does not. */
function cardWithLink({ opens = true } = {}) {
  const page = stage({ area: 'comcard', container: null });
  page.window.APP.data.current_card = { id: 900 };
  page.enter();
  page.tab = { closed: false, opener: page.window, location: { replace: (to) => { page.tab.at = to; } }, close: () => { page.tab.closed = true; } };
  page.window.open = () => (opens ? page.tab : null);
  page.root.insertAdjacentHTML('beforeend', `<a href="${backend.analytics}" target="_blank">Аналитика</a>`);
  const click = () => page.root.querySelector(`a[href="${backend.analytics}"]`).dispatchEvent(new page.window.MouseEvent('click', { bubbles: true, cancelable: true }));
  return { page, click };
}

test('The card\'s link opens analytics by a code that no server is sent', async () => {
  const { page, click } = cardWithLink();
  assert.equal(click(), false, 'The browser does not follow the link by itself.');
  const request = page.requests.at(-1);
  assert.equal(request.options.url, `${backend.address}/api/sessions/codes`);
  request.succeed({ code: '31000.abc', url: '/pages/#code=31000.abc', expiresAt: session.expiresAt });
  await page.settled();
  assert.equal(page.tab.at, `${backend.address}/pages/#code=31000.abc&to=%2Fanalytics%2Foverview`);
  assert.equal(page.tab.opener, null);
});

test('A code that is refused closes the tab and says why', async () => {
  const { page, click } = cardWithLink();
  click();
  page.requests.at(-1).fail(403, { code: 'switchedOff' });
  await page.settled();
  assert.equal(page.tab.closed, true);
  assert.ok(page.told[0].text.includes(dictionary('ru').frame.problems.switchedOff));
});

test('An answer that leads elsewhere is not followed', async () => {
  const { page, click } = cardWithLink();
  click();
  page.requests.at(-1).succeed({ code: 'x', url: '//evil.test/' });
  await page.settled();
  assert.equal(page.tab.at, undefined);
});

test('A browser that opens no tab is told of, and nothing is asked', async () => {
  const { page, click } = cardWithLink({ opens: false });
  const before = page.requests.length;
  click();
  await page.settled();
  assert.equal(page.requests.length, before);
  assert.ok(page.told[0].text.includes(dictionary('ru').frame.problems.blocked));
});

test('The link works once for each click, however often the card was entered', () => {
  const { page, click } = cardWithLink();
  for (const callback of ['bind_actions', 'bind_actions']) page.widget.callbacks[callback]();
  const before = page.requests.length;
  click();
  assert.equal(page.requests.length, before + 1);
});

// ---- the integration's window ----

for (const status of ['install', 'installed', 'not_configured']) {
  test(`The window of the integration says what to do next (${status}), once however often it is opened`, () => {
    const page = stage({ area: 'settings', container: `${CODE}_custom_content` });
    page.status = status;
    page.widget.callbacks.settings();
    page.widget.callbacks.settings();
    const blocks = page.window.document.querySelectorAll('[data-ltvw-next]');
    assert.equal(blocks.length, 1);
    assert.equal(blocks[0].querySelectorAll('li').length, status === 'installed' ? 2 : 3);
    assert.equal(blocks[0].querySelectorAll('button').length, status === 'installed' ? 1 : 0);
  });
}

test('The privacy policy is linked where it was given', () => {
  backend.privacy = 'https://ltv.test/privacy';
  const page = stage({ area: 'settings', container: `${CODE}_custom_content` });
  page.widget.callbacks.settings();
  const link = page.window.document.querySelector('[data-ltvw-next] a');
  assert.equal(link.href, 'https://ltv.test/privacy');
  assert.equal(link.getAttribute('referrerpolicy'), 'no-referrer');
  backend.privacy = '';
});
