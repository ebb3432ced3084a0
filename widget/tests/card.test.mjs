import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Page, card } from './harness.mjs';

test('A valued client shows headline, basis, tier, factors and figures', async () => {
  const page = await new Page().answered((request) => request.succeed(card()));
  assert.equal(page.state, 'valued');
  assert.equal(page.find('.ltvw__value').value, '1238916');
  assert.equal(page.find('.ltvw__value span').textContent, '1,2\u00a0млн\u00a0₽');
  assert.equal(page.find('.ltvw__value').title, '1\u00a0238\u00a0916,00\u00a0₽');
  assert.equal(page.find('.ltvw__label').textContent, 'LTV');
  assert.equal(page.find('.ltvw__basis').textContent, 'выручка');
  assert.equal(page.find('.ltvw__tier').textContent, 'A · топ 6\u00a0%');
  assert.equal(page.find('.ltvw__factors').textContent, '120\u00a0400\u00a0₽ ×\u00a02,1\u00a0в\u00a0год ×\u00a04,9\u00a0года');
  assert.equal(page.figure('bought'), '842\u00a0800\u00a0₽');
  assert.equal(page.figure('count'), '7\u00a0покупок');
  assert.equal(page.figure('average'), '120\u00a0400\u00a0₽');
  assert.equal(page.figure('last'), '11\u00a0авг.\u00a02026');
  assert.match(page.text, /на 1 нояб\. 2026.*связь есть/);
});

test('The same card in English', async () => {
  const page = await new Page({ language: 'en' }).answered((request) => request.succeed(card({ currency: { code: 'USD', symbol: '$' } })));
  assert.equal(page.find('.ltvw__value span').textContent, '$1.2M');
  assert.equal(page.find('.ltvw__basis').textContent, 'revenue');
  assert.equal(page.find('.ltvw__tier').textContent, 'A · top 6%');
  assert.equal(page.find('.ltvw__factors').textContent.replaceAll('\u00a0', ' '), '$120,400 × 2.1 a year × 4.9 years');
  assert.equal(page.figure('count'), '7\u00a0purchases');
  assert.match(page.text, /as of 1 Nov 2026.*connected/);
});

test('Basis and tax stand beside the headline', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ basis: 'margin', vat: 'excluded' })));
  assert.equal(page.find('.ltvw__basis').textContent, 'валовая прибыль\u00a0без НДС');
});

test('The floor, an assumed lifetime and a missing forecast are said in words', async () => {
  const floored = await new Page().answered((request) => request.succeed(card({ ltv: { value: 35000, kind: 'formula', isFloored: true, note: 'noForecastYet' },
    factors: { averageOrderValue: 35000, purchasesPerYear: 1, lifetimeYears: 3, isLifetimeAssumed: true } })));
  assert.equal(floored.find('.ltvw__factors').textContent, 'равно купленному');
  assert.match(floored.text, /По формуле меньше: 35 000 ₽ × 1 в год × ≈ 3 года\./);
  assert.match(floored.text, /Прогноза ещё нет/);
  assert.match(floored.text, /принят условно/);
  assert.match(floored.text, /≈ 3 года/);
});

test('A client whose returns reach its purchases has no number, and the card says why', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ ltv: { value: null, kind: 'formula', isFloored: false, note: 'returnsExceedPurchases' }, factors: null })));
  assert.equal(page.find('.ltvw__value').textContent, '—');
  assert.match(page.text, /Возвраты не меньше покупок/);
});

test('A place in the lower half is told as what the client stands above', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ tier: { code: 'C', name: 'C', color: '#8a93a0' }, topPercent: 87 })));
  assert.equal(page.find('.ltvw__tier').textContent, 'C · выше 13\u00a0%');
});

test('A contact that is no client has neither tier nor place', async () => {
  const page = await new Page({ area: 'ccard' }).answered((request) => request.succeed(card({ tier: null, topPercent: null })));
  assert.equal(page.find('.ltvw__tier'), null);
  assert.equal(page.find('.ltvw__value').value, '1238916');
});

test('A limited period is named beside the amount', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ bought: { ...card().bought, periodMonths: 24 } })));
  assert.match(page.text, /Куплено за 24 мес\./);
});

const quiet = { ltv: null, factors: null, bought: null, tier: null, topPercent: null };
for (const [state, title] of [['new', 'Новый клиент'], ['pending', 'Считаем LTV']]) {
  test(`The state ${state} is a sentence and never a zero`, async () => {
    const page = await new Page().answered((request) => request.succeed(card({ ...quiet, state })));
    assert.equal(page.state, state);
    assert.equal(page.find('.ltvw__title').textContent, title);
    assert.equal(page.find('.ltvw__value'), null);
    assert.doesNotMatch(page.text, /(^|\D)0 ₽/);
    assert.equal(page.find('[data-ltvw-retry]'), null);
  });
}

const failures = [
  [401, { code: 'token' }, 'token', true], [403, { code: 'noAccess' }, 'noAccess', false], [403, { code: 'origin' }, 'unknownAccount', false],
  [404, { code: 'unknownAccount' }, 'unknownAccount', false], [404, { code: 'noCustomer' }, 'noCustomer', false],
  [503, { code: 'connectionLost' }, 'connectionLost', true], [503, { code: 'crmUnavailable' }, 'crmUnavailable', true],
  [429, {}, 'busy', true], [0, undefined, 'unreachable', true], [502, undefined, 'unreachable', true],
  [500, { code: 'somethingNew' }, 'failed', true], [403, undefined, 'noAccess', false], [401, undefined, 'token', true],
];
for (const language of ['ru', 'en']) {
  for (const [status, body, kind, canRetry] of failures) {
    test(`Answer ${status} ${body?.code ?? ''} is told as ${kind} in ${language}`, async () => {
      const page = await new Page({ language }).answered((request) => request.fail(status, body));
      assert.equal(page.state, kind);
      assert.ok(page.find('.ltvw__title').textContent.length > 3);
      assert.ok(page.find('.ltvw__text').textContent.length > 10);
      assert.equal(page.find('[data-ltvw-retry]') !== null, canRetry);
    });
  }
}

test('An answer that is no card is a failure of the server', async () => {
  for (const body of [null, 'hello', [], {}, { state: 'unknown' }]) {
    const page = await new Page().answered((request) => request.succeed(body));
    assert.equal(page.state, 'failed');
  }
});

test('A request that the platform refuses to make asks to reload the page', async () => {
  const page = new Page();
  page.window.platform.$authorizedAjax = () => { throw new Error('no token'); };
  page.enter();
  await page.settled();
  assert.equal(page.state, 'token');
});

const SUPPORT = 'mailto:help@ltv.test';
for (const [status, body, kind] of failures.filter(([, , one]) => one !== 'noCustomer')) {
  test(`The answer ${status} ${body?.code ?? ''} (${kind}) offers the way to support`, async () => {
    const page = await new Page().answered((request) => request.fail(status, body));
    assert.equal(page.find('.ltvw__support')?.getAttribute('href'), SUPPORT);
  });
}

test('Whatever numbers are shown in place of an answer, the way to support stands beside the cause', async () => {
  for (const [status, body] of failures.filter(([, , kind]) => ['unreachable', 'failed', 'busy', 'crmUnavailable', 'connectionLost'].includes(kind))) {
    const page = await new Page().answered((request) => request.succeed(card()));
    await page.answered((request) => request.fail(status, body));
    assert.equal(page.state, 'valued');
    assert.equal(page.find('.ltvw__warning .ltvw__support')?.getAttribute('href'), SUPPORT);
  }
  const lost = await new Page().answered((request) => request.succeed(card({ freshness: { ...card().freshness, connection: 'lost' } })));
  assert.equal(lost.find('.ltvw__warning .ltvw__support')?.getAttribute('href'), SUPPORT);
});

test('With gross profit as basis the figures and the factors say what is profit and what is revenue', async () => {
  const names = (page) => [...page.root.querySelectorAll('.ltvw__figure dt')].map((one) => one.textContent);
  const of = async (bought, language) => new Page({ language }).answered((request) => request.succeed(card({ basis: 'margin', bought: { ...card().bought, ...bought } })));
  const ru = await of({});
  assert.deepEqual(names(ru), ['Валовая прибыль', 'Покупки', 'Средний чек, выручка', 'Последняя']);
  assert.equal(ru.find('.ltvw__factors').title, 'Валовая прибыль с покупки × покупок в год × срок сотрудничества');
  assert.equal(names(await of({ periodMonths: 24 }))[0], 'Прибыль за 24 мес.');
  const en = await of({}, 'en');
  assert.deepEqual(names(en).slice(0, 3), ['Gross margin', 'Purchases', 'Average order, revenue']);
  assert.match(en.find('.ltvw__factors').title, /^Gross margin of a purchase × /);
  assert.equal(names(await of({ periodMonths: 24 }, 'en'))[0], 'Margin in 24 mo.');
  const revenue = await new Page().answered((request) => request.succeed(card()));
  assert.deepEqual(names(revenue), ['Куплено на', 'Покупки', 'Средний чек', 'Последняя']);
  assert.equal(revenue.find('.ltvw__factors').title, 'Средний чек × покупок в год × срок сотрудничества');
});

test('The last known numbers stay while the server is away, and say so', async () => {
  const page = await new Page().answered((request) => request.succeed(card()));
  await page.answered((request) => request.fail(0));
  assert.equal(page.state, 'valued');
  assert.match(page.text, /Сервер LTV не отвечает.*последние известные/);
  assert.ok(page.find('[data-ltvw-retry]'));
  assert.doesNotMatch(page.text, /связь есть/);
});

test('A refusal forgets what was known', async () => {
  const page = await new Page().answered((request) => request.succeed(card()));
  await page.answered((request) => request.fail(403, { code: 'noAccess' }));
  assert.equal(page.state, 'noAccess');
  await page.answered((request) => request.fail(0));
  assert.equal(page.state, 'unreachable');
});

test('Another user of the same browser gets nothing of what was remembered', async () => {
  const page = await new Page().answered((request) => request.succeed(card()));
  page.user = 8;
  await page.answered((request) => request.fail(0));
  assert.equal(page.state, 'unreachable');
});

test('Remembered numbers are forgotten when the widget is switched off', async () => {
  const page = await new Page().answered((request) => request.succeed(card()));
  assert.equal(page.widget.callbacks.onSave({ active: 'N', fields: {} }), true);
  assert.equal(page.window.sessionStorage.length, 0);
});

test('A lost connection shows the numbers with the admin\'s next step', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ freshness: { ...card().freshness, connection: 'lost' } })));
  assert.match(page.text, /Связь с CRM потеряна/);
  assert.match(page.text, /Администратору/);
  assert.match(page.text, /связи с CRM нет/);
});

test('Numbers that no night has refreshed say since when', async () => {
  const page = await new Page().answered((request) => request.succeed(card({ freshness: { ...card().freshness, calculatedAt: '2026-11-10T03:12:00Z' } })));
  assert.match(page.text, /не обновлялись с 10 нояб\. 2026/);
});

test('Text of the server never becomes markup', async () => {
  const bad = '<img src=x onerror="window.broken = true">';
  const page = await new Page().answered((request) => request.succeed(card({
    tier: { code: 'A', name: bad, color: 'red;background:url(x)' }, currency: { code: bad, symbol: bad }, basis: bad, vat: bad,
    ltv: { ...card().ltv, note: bad }, freshness: { asOf: bad, calculatedAt: bad, connection: bad },
  })));
  assert.equal(page.root.querySelectorAll('img').length, 0);
  assert.equal(page.window.broken, undefined);
  assert.ok(page.find('.ltvw__tier').textContent.startsWith('<img'));
  assert.equal(page.find('.ltvw__dot').style.backgroundColor, '');
});

test('The card is a named region that announces itself', async () => {
  const page = new Page();
  page.enter();
  assert.equal(page.root.getAttribute('aria-busy'), 'true');
  page.requests[0].succeed(card());
  await page.settled();
  assert.equal(page.root.getAttribute('aria-busy'), 'false');
  assert.equal(page.root.getAttribute('role'), 'region');
  assert.equal(page.root.getAttribute('aria-label'), 'LTV клиента');
  assert.equal(page.find('[role=status]').textContent, 'LTV 1,2\u00a0млн\u00a0₽');
  assert.equal(page.root.getAttribute('aria-live'), null, 'a refresh does not read the whole card aloud');
  assert.equal(page.root.querySelectorAll('[role=status]').length, 1);
  for (const drawing of page.root.querySelectorAll('svg')) assert.ok(drawing.getAttribute('aria-hidden') === 'true' || drawing.getAttribute('aria-label'));
});
