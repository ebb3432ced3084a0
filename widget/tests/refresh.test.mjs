import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Page, card } from './harness.mjs';

const shown = async (overrides) => new Page(overrides).answered((request) => request.succeed(card()));
const worth = (value) => card({ version: `of ${value}`, ltv: { ...card().ltv, value } });

test('An open card asks again within half a minute and names the version it shows', async () => {
  const page = await shown();
  assert.deepEqual({ ...page.requests[0].options.headers }, {});
  await page.pass(30);
  assert.equal(page.requests.length, 2);
  assert.equal(page.requests[1].options.headers['If-None-Match'], '"1-900-7"');
});

test('A new answer is painted into the same nodes', async () => {
  const page = await shown();
  const [figure, headline] = [page.find('.ltvw__figures'), page.find('.ltvw__value')];
  await page.pass(30);
  page.requests[1].succeed(worth(2500000));
  await page.settled();
  assert.equal(headline.value, '2500000');
  assert.equal(page.find('.ltvw__value'), headline);
  assert.equal(page.find('.ltvw__figures'), figure);
  assert.equal(page.find('[role=status]').textContent, 'LTV 2,5\u00a0млн\u00a0₽');
});

test('An unchanged card keeps every node, and goes on asking', async () => {
  const page = await shown();
  const before = page.root.outerHTML;
  let changes = 0;
  const watch = new page.window.MutationObserver((seen) => { changes += seen.filter((one) => one.type === 'childList').length; });
  watch.observe(page.root, { childList: true, characterData: true, subtree: true });
  for (let round = 1; round <= 3; round += 1) {
    await page.pass(30);
    page.requests[round].unchanged();
    await page.settled();
  }
  assert.equal(changes, 0);
  assert.equal(page.root.outerHTML, before);
  assert.equal(page.requests.length, 4);
});

test('A platform that calls an empty answer a failure changes nothing', async () => {
  const page = await shown();
  await page.pass(30);
  page.requests[1].fail(304);
  await page.settled();
  assert.equal(page.state, 'valued');
  assert.equal(page.find('.ltvw__warning'), null);
});

test('A hidden page asks nothing, and asks at once when it is looked at again', async () => {
  const page = await shown();
  page.look(false);
  await page.pass(3600);
  assert.equal(page.requests.length, 1);
  page.look(true);
  assert.equal(page.requests.length, 2);
});

test('Coming back to a card that was just refreshed asks nothing', async () => {
  const page = await shown();
  page.look(false);
  await page.pass(5);
  page.look(true);
  assert.equal(page.requests.length, 1);
});

test('One lost answer is no news; the second in a row shows the known numbers with a warning', async () => {
  const page = await shown();
  await page.pass(30);
  page.requests[1].fail(0);
  await page.settled();
  assert.equal(page.find('.ltvw__warning'), null);
  await page.pass(60);
  page.requests[2].fail(0);
  await page.settled();
  assert.equal(page.state, 'valued');
  assert.match(page.text, /Сервер LTV не отвечает.*последние известные/);
  await page.pass(200);
  page.requests[3].unchanged();
  await page.settled();
  assert.equal(page.find('.ltvw__warning'), null);
  assert.match(page.text, /связь есть/);
});

test('A server that does not answer is asked more and more seldom', async () => {
  const page = await shown();
  for (let round = 0; round < 40; round += 1) {
    await page.pass(30);
    if (page.requests.at(-1).isDone !== true) {
      page.requests.at(-1).isDone = true;
      page.requests.at(-1).fail(0);
      await page.settled();
    }
  }
  assert.ok(page.requests.length > 3 && page.requests.length < 10, `${page.requests.length} requests in twenty minutes`);
});

test('One question at a time: none is asked while an answer is awaited', async () => {
  const page = await shown();
  await page.pass(30);
  page.look(false);
  page.look(true);
  await page.pass(300);
  assert.equal(page.requests.length, 2);
});

test('A refusal clears the open card at once', async () => {
  const page = await shown();
  await page.pass(30);
  page.requests[1].fail(403, { code: 'noAccess' });
  await page.settled();
  assert.equal(page.state, 'noAccess');
  assert.equal(page.window.sessionStorage.length, 0);
  assert.doesNotMatch(page.text, /₽/);
});

test('A lead that lost its client clears the numbers at once, and they never come back', async () => {
  const page = await shown({ area: 'lcard' });
  await page.pass(30);
  page.requests[1].fail(404, { code: 'noCustomer' });
  await page.settled();
  assert.equal(page.state, 'noCustomer');
  assert.equal(page.window.sessionStorage.length, 0);
  for (const wait of [60, 120]) {
    await page.pass(wait);
    page.requests.at(-1).fail(0);
    await page.settled();
  }
  assert.equal(page.state, 'unreachable');
  assert.doesNotMatch(page.text, /₽/);
});

test('Nothing asks after destroy, nor does coming back to the page', async () => {
  const page = await shown();
  page.widget.callbacks.destroy();
  await page.pass(3600);
  page.look(true);
  assert.equal(page.requests.length, 1);
  assert.equal(page.timers.size, 0);
});

test('A card that the platform took off the page asks nothing', async () => {
  const page = await shown();
  page.window.document.getElementById('panel').replaceChildren();
  await page.pass(300);
  assert.equal(page.requests.length, 1);
});

test('A refresh for an earlier card is never painted', async () => {
  const page = await shown({ id: 1 });
  await page.pass(30);
  page.widget.callbacks.destroy();
  page.open('comcard', 2);
  page.enter();
  page.requests[2].succeed(worth(222));
  page.requests[1].succeed(worth(111));
  await page.settled();
  assert.equal(page.find('.ltvw__value').value, '222');
  assert.equal(page.requests[1].request.isAborted, true);
});

test('Retry keeps the numbers while it asks', async () => {
  const page = await shown();
  for (const wait of [30, 60]) {
    await page.pass(wait);
    page.requests.at(-1).fail(0);
    await page.settled();
  }
  const button = page.find('[data-ltvw-retry]');
  button.focus();
  button.click();
  assert.equal(page.state, 'valued');
  page.requests.at(-1).fail(0);
  await page.settled();
  assert.equal(page.window.document.activeElement, button);
});
