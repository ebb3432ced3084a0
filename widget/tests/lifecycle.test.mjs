import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Page, backend, card } from './harness.mjs';

const areas = ['lcard', 'ccard', 'comcard', 'settings', 'llist', ''];
const orders = [['init', 'bind_actions'], ['bind_actions', 'init']];

for (const area of areas) {
  for (const order of orders) {
    test(`Every callback works in the area "${area}", ${order.join(' before ')}, twice`, async () => {
      const page = new Page({ area });
      const { callbacks } = page.widget;
      for (let round = 0; round < 2; round += 1) {
        assert.equal(callbacks.render(), true);
        for (const name of order) assert.equal(callbacks[name](), true);
        assert.equal(callbacks.settings(page.window.$('body')), true);
        assert.equal(callbacks.onSave({ active: 'Y', fields: {} }), true);
        await page.settled();
        callbacks.destroy();
      }
      assert.equal(page.requests.length, area.endsWith('card') ? 2 : 0);
      assert.equal(page.window.document.querySelectorAll('link').length, 1);
    });
  }
}

for (const [area, entity] of [['lcard', 'leads'], ['ccard', 'contacts'], ['comcard', 'companies']]) {
  test(`The card of ${entity} asks our server for it`, () => {
    const page = new Page({ area, id: 55 });
    page.enter();
    assert.equal(page.requests[0].options.url, `${backend.address}/api/cards/${entity}/55`);
    assert.equal(page.requests[0].options.method, 'GET');
  });
}

test('A card that is not saved yet draws nothing', () => {
  for (const id of [0, null, '0', -1, 'new']) assert.equal(new Page({ id }).enter(), false);
});

test('Waiting names whose numbers come: nothing moves down when they do', () => {
  for (const [area, lines] of [['lcard', 1], ['ccard', 0], ['comcard', 0]]) {
    const page = new Page({ area });
    page.enter();
    assert.equal(page.root.querySelectorAll('.ltvw__owner').length, lines, area);
  }
});

test('Waiting keeps the layout that the numbers will have', () => {
  const page = new Page();
  page.enter();
  assert.equal(page.state, 'loading');
  assert.equal(page.root.querySelectorAll('.ltvw__figure').length, 4);
});

test('An answer for an earlier card is never painted', async () => {
  const page = new Page({ id: 1 });
  page.enter();
  page.widget.callbacks.destroy();
  page.open('comcard', 2);
  page.enter();
  page.requests[1].succeed(card({ ltv: { ...card().ltv, value: 222 } }));
  page.requests[0].succeed(card({ ltv: { ...card().ltv, value: 111 } }));
  await page.settled();
  assert.equal(page.find('.ltvw__value').value, '222');
  assert.equal(page.requests[0].request.isAborted, true);
});

test('An answer for an earlier card is not painted when the platform forgets to call destroy', async () => {
  const page = new Page({ id: 1 });
  page.enter();
  page.open('comcard', 2);
  page.enter();
  page.requests[0].succeed(card({ ltv: { ...card().ltv, value: 111 } }));
  await page.settled();
  assert.equal(page.state, 'loading');
  assert.equal(page.window.sessionStorage.length, 0);
});

test('Nothing is painted after destroy', async () => {
  const page = new Page();
  page.enter();
  page.widget.callbacks.destroy();
  page.requests[0].succeed(card());
  await page.settled();
  assert.equal(page.state, 'loading');
});

test('Retry asks again, once, however often the actions were bound', async () => {
  const page = await new Page().answered((request) => request.fail(0));
  page.widget.callbacks.bind_actions();
  page.widget.callbacks.bind_actions();
  page.find('[data-ltvw-retry]').click();
  assert.equal(page.requests.length, 2);
  page.requests[1].succeed(card());
  await page.settled();
  assert.equal(page.state, 'valued');
});

test('After destroy the page keeps no handler of the widget', async () => {
  const page = await new Page().answered((request) => request.fail(0));
  const button = page.find('[data-ltvw-retry]');
  page.widget.callbacks.destroy();
  button.click();
  assert.equal(page.requests.length, 1);
});

test('Focus on the retry button stays in the card', async () => {
  const page = await new Page().answered((request) => request.fail(0));
  const button = page.find('[data-ltvw-retry]');
  button.focus();
  button.click();
  assert.ok(page.root.contains(page.window.document.activeElement));
});

test('A block that the platform draws late is painted when it comes', async () => {
  const page = new Page();
  page.window.platform.render_template = ({ body }) => { page.window.setTimeout(() => page.window.$('#panel').html(body), 120); };
  page.enter();
  page.requests[0].succeed(card());
  await page.pass(0.2);
  assert.equal(page.state, 'valued');
  page.widget.callbacks.destroy();
});

test('A block drawn twice is kept once', async () => {
  const page = new Page();
  page.window.platform.render_template = ({ body }) => { page.window.$('#panel').append(body); };
  page.enter();
  page.widget.callbacks.render();
  page.requests[0].succeed(card());
  await page.settled();
  assert.equal(page.window.document.querySelectorAll('.ltvw').length, 1);
  assert.equal(page.state, 'valued');
});

test('Installing asks for consent and stores it as JSON', () => {
  const page = new Page({ area: 'settings', id: null, html: '<div id="ltv_custom_content"></div><input type="hidden" id="ltv_custom" name="consent" value="">' });
  let changes = 0;
  page.window.$('#ltv_custom').on('change', () => { changes += 1; });
  page.widget.callbacks.settings(page.window.$('body'));
  page.widget.callbacks.settings(page.window.$('body'));
  const boxes = page.window.document.querySelectorAll('#ltv_custom_content input[type=checkbox]');
  assert.equal(boxes.length, 1);
  assert.match(page.window.document.getElementById('ltv_custom_content').textContent, /https:\/\/ltv\.test.*Имена, телефоны/);
  boxes[0].click();
  assert.deepEqual(JSON.parse(page.window.document.getElementById('ltv_custom').value), { agreed: true });
  boxes[0].click();
  assert.equal(page.window.document.getElementById('ltv_custom').value, '');
  assert.equal(changes, 2);
});

test('The older name of the platform object still serves', () => {
  const page = new Page();
  page.window.AMOCRM = page.window.APP;
  delete page.window.APP;
  assert.equal(page.enter(), true);
  assert.equal(page.requests.length, 1);
});
