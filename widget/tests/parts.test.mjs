import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Page, backend, card, module } from './harness.mjs';

const shown = async (overrides, place) => new Page(place).answered((request) => request.succeed(card(overrides)));
const plain = (text) => text.replaceAll('\u00a0', ' ');
const expected = (page) => plain(page.find('.ltvw__expected').textContent);
const forecast = (overrides) => ({ forecast: { ...card().forecast, ...overrides } });
const chosen = (page, name, isChosen = true) => {
  const box = page.find(`[data-ltvw-what-if=${name}]`);
  box.checked = isChosen;
  box.dispatchEvent(new page.window.Event('change', { bubbles: true }));
};

test('What is expected comes with its range, its next purchase and no digit too many', async () => {
  const page = await shown();
  assert.equal(expected(page), 'Ожидается за 12 мес.≈ 310 тыс. ₽от 120 до 540 тыс. ₽ в 8 случаях из 10Следующая покупка: ≈ дек. 2026');
  assert.equal(page.find('.ltvw__expected .ltvw__amount').title, '312\u00a0400,00\u00a0₽');
});

test('The same in English', async () => {
  const page = await shown({ currency: { code: 'USD', symbol: '$' } }, { language: 'en' });
  assert.equal(expected(page), 'Expected in 12 months≈ $310Kfrom $120K to $540K in 8 cases of 10Next purchase: ≈ Dec 2026');
  assert.match(page.text, /Slipping\. Usually buys every 2 months, silent for 3 months\. Will buy again in 12 months: 64%\. Of 100 clients with such a score, 78 bought again\./);
});

for (const [what, given, sentence] of [
  ['nothing or something', { orNone: true }, /ничего или от 120 до 540 тыс\. ₽/],
  ['anything up to', { low: 0 }, /до 540 тыс\. ₽ в 8 случаях из 10/],
  ['nothing at all', { value: 0, low: 0, high: 0 }, /скорее всего, больше не купит/],
  ['ends in different units', { low: 90000 }, /от 90 000 ₽ до 540 тыс\. ₽/],
]) test(`A range of ${what} is said in words`, async () => assert.match(expected(await shown(forecast(given))), sentence));

test('The life-cycle is told in words, with icon, rhythm, chance and what became of such clients', async () => {
  const page = await shown();
  assert.equal(plain(page.find('.ltvw__state').textContent), 'Ускользает. Обычно покупает раз в 2 мес., молчит 3 мес. Купит снова за 12 мес.: 64 %. Из 100 клиентов с такой оценкой 78 купили снова.');
  assert.equal(page.find('.ltvw__state').querySelectorAll('svg').length, 1);
});

test('A grade of fewer than a hundred clients tells their own number', async () => {
  assert.match((await shown(forecast({ grade: { customers: 40, bought: 32 } }))).text, /Из 40 клиентов с такой оценкой 32 купили снова/);
  assert.doesNotMatch((await shown(forecast({ grade: null }))).text, /с такой оценкой/);
});

for (const [customers, bought, ru, en] of [
  [31, 21, 'Из 31 клиента с такой оценкой 21 купил снова.', 'Of 31 clients with such a score, 21 bought again.'],
  [42, 2, 'Из 42 клиентов с такой оценкой 2 купили снова.', 'Of 42 clients with such a score, 2 bought again.'],
  [45, 11, 'Из 45 клиентов с такой оценкой 11 купили снова.', 'Of 45 clients with such a score, 11 bought again.'],
  [250, 2, 'Из 100 клиентов с такой оценкой 1 купил снова.', 'Of 100 clients with such a score, 1 bought again.'],
]) {
  test(`Words of a grade agree with its numbers: ${bought} of ${customers}`, async () => {
    const given = forecast({ grade: { customers, bought } });
    assert.ok((await shown(given)).text.includes(ru));
    assert.ok((await shown(given, { language: 'en' })).text.includes(en));
  });
}

for (const [percent, said] of [[0.004, '<_1_%'], [0.996, '>_99_%'], [1, '>_99_%'], [0.5, '50_%']]) {
  test(`A chance of ${percent} is never a certainty`, async () => assert.match((await shown(forecast({ repeatProbability: percent }))).text.replaceAll(' ', '_'), new RegExp(`:_${said}\\.`)));
}

for (const [reason, said] of [['tooFewCustomers', /Нужно 10 клиентов с покупками, сейчас 7/], ['noRepeatPurchases', /Никто ещё не покупал дважды/], ['somethingNew', /после ближайшего пересчёта/]]) {
  test(`Without a forecast the card says what is missing: ${reason}`, async () => {
    const page = await shown({ forecast: null, noForecast: { reason, have: 7, need: 10 } });
    assert.match(expected(page), /Прогноза пока нет/);
    assert.match(expected(page), said);
    assert.doesNotMatch(expected(page), /₽/);
  });
}

test('A short history is told in months: the half year that the server counts as 183 days is six', async () => {
  const of = async (have) => expected(await shown({ forecast: null, noForecast: { reason: 'tooShortHistory', have, need: 183 } }));
  assert.match(await of(100), /за 6 мес\., сейчас 3\./);
  assert.match(await of(182), /за 6 мес\., сейчас 5\./, 'what is not enough never reads as enough');
});

test('The parts stand in their order, folded, each with its word beside it', async () => {
  const page = await shown();
  const parts = [...page.root.querySelectorAll('details')];
  assert.deepEqual(parts.map((part) => part.getAttribute('data-ltvw-key')), ['history', 'acquisition', 'why', 'change', 'whatIf', 'fresh', 'remark']);
  assert.ok(parts.every((part) => !part.open));
  assert.equal(plain(page.part('why').querySelector('.ltvw__aside').textContent), '7 из 9 сделок');
  assert.equal(plain(page.part('change').querySelector('.ltvw__aside').textContent), '+42 000 ₽');
  assert.equal(page.part('acquisition').querySelector('.ltvw__aside').textContent, '6,1');
});

test('What is unknown has no part', async () => {
  const page = await shown({ acquisition: null, change: null, history: [], factors: null });
  for (const name of ['acquisition', 'change', 'history', 'whatIf']) assert.equal(page.part(name), null, name);
});

test('Unfolding is remembered for the reader, on every card, and for nobody else', async () => {
  const page = await shown();
  page.part('why').querySelector('summary').click();
  page.open('comcard', 901);
  await page.answered((request) => request.succeed(card()));
  assert.equal(page.part('why').open, true);
  page.user = 8;
  await page.answered((request) => request.succeed(card()));
  assert.equal(page.part('why').open, false);
  assert.ok(Object.keys(page.window.localStorage).every((key) => key.startsWith('ltvw:31000:')));
});

test('A refresh leaves open what the reader opened, and keeps focus and typed words', async () => {
  const page = await shown();
  page.part('remark').open = true;
  const field = page.find('[data-ltvw-remark]');
  field.value = 'сумма не та';
  field.focus();
  await page.pass(30);
  page.requests[1].succeed(card({ version: 'next', ltv: { ...card().ltv, value: 5 }, acquisition: null }));
  await page.settled();
  assert.equal(page.part('remark').open, true);
  assert.equal(page.window.document.activeElement, field);
  assert.equal(page.find('[data-ltvw-remark]').value, 'сумма не та');
});

test('Leads are listed with reasons and links, credit notes as what they are', async () => {
  const page = await shown();
  const [counted, excluded] = page.part('why').querySelectorAll('.ltvw__group');
  assert.match(plain(counted.textContent), /Учтено: 7 сделок.*11 авг\. 2026120 400 ₽.*−9 000 ₽возврат, вычтен.*Ещё 5/);
  assert.match(plain(excluded.textContent), /Не учтено: 2 сделки.*Сделка № 15—нет суммы.*исключена вручную: не наша/);
  assert.equal(counted.querySelector('a').getAttribute('href'), '/leads/detail/17');
});

test('More leads come on demand and stay while the numbers do', async () => {
  const page = await shown();
  page.find('[data-ltvw-more=counted]').click();
  assert.equal(page.requests[1].options.url, `${backend.address}/api/cards/companies/900/leads`);
  assert.deepEqual({ ...page.requests[1].options.data }, { counted: true, skip: 2 });
  page.requests[1].succeed({ total: 7, items: [3, 4, 5, 6, 7].map((id) => ({ id, day: null, amount: 1, kind: 'purchase', reason: null, comment: null })) });
  await page.settled();
  assert.equal(page.part('why').querySelectorAll('.ltvw__group')[0].querySelectorAll('a').length, 7);
  assert.equal(page.find('[data-ltvw-more=counted]'), null);
  await page.pass(30);
  page.requests[2].unchanged();
  await page.settled();
  assert.equal(page.part('why').querySelectorAll('.ltvw__group')[0].querySelectorAll('a').length, 7);
});

for (const [what, begin] of [
  ['shown', async () => shown()],
  ['remembered', async () => {
    const page = await shown();
    await page.answered((request) => request.fail(0));
    return page;
  }],
]) {
  test(`More leads of ${what} numbers that do not come say why, and are asked for again`, async () => {
    const page = await begin();
    const before = page.requests.length;
    page.find('[data-ltvw-more=counted]').click();
    page.requests[before].fail(0);
    await page.settled();
    const group = page.part('why').querySelectorAll('.ltvw__group')[0];
    assert.match(plain(group.textContent), /Сервер LTV не отвечает: сделки не загружены\.Повторить$/);
    assert.match(plain(page.part('why').querySelectorAll('.ltvw__group')[1].textContent), /не наша$/, 'the other group asked for nothing');
    page.find('[data-ltvw-more=counted]').click();
    assert.equal(page.requests.length, before + 2);
    page.requests[before + 1].succeed({ total: 7, items: [3, 4, 5, 6, 7].map((id) => ({ id, day: null, amount: 1, kind: 'purchase', reason: null, comment: null })) });
    await page.settled();
    assert.doesNotMatch(page.said('why'), /не загружены/);
    assert.equal(page.part('why').querySelectorAll('.ltvw__group')[0].querySelectorAll('a').length, 7);
  });
}

test('The bridge leads from what was to what is', async () => {
  const page = await shown();
  assert.match(page.said('change'), /Было1 196 916 ₽Покупки\+61 000 ₽Пересчёт базы−12 000 ₽Прошло время−7 000 ₽Стало1 238 916 ₽/);
  assert.doesNotMatch(page.said('change'), /Настройки/);
});

const amounts = (page) => [...page.part('change').querySelectorAll('dd')].map((cell) => Number(plain(cell.textContent).replace(/[^\d,−-]/g, '').replace('−', '-').replace(',', '.')));
for (const [what, ltv, change] of [
  ['large amounts', 123456789.5, { before: 98765432.1, byPurchases: 20000000.4, bySettings: 4691357.3, byModel: -0.3, byAgeing: 0 }],
  ['parts that round the same way', 1000001.2, { before: 1000000, byPurchases: 0.4, bySettings: 0.4, byModel: 0.4, byAgeing: 0 }],
  ['kopecks', 100.1, { before: 99.95, byPurchases: 0.05, bySettings: 0.05, byModel: 0.05, byAgeing: 0 }],
  ['a fall', 1000, { before: 250000.5, byPurchases: -240000.25, bySettings: 0, byModel: 0, byAgeing: -9000.25 }],
]) {
  test(`The bridge of ${what} adds up as it is shown`, async () => {
    const shownBridge = amounts(await shown({ ltv: { ...card().ltv, value: ltv }, change: { at: '2026-11-21T03:12:00Z', ...change } }));
    const sum = shownBridge.slice(0, -1).reduce((total, part) => total + part, 0);
    assert.equal(Number(sum.toFixed(2)), shownBridge.at(-1));
  });
}

test('What if is reckoned at once and without the server', async () => {
  const page = await shown();
  chosen(page, 'larger');
  assert.match(page.said('whatIf'), /LTV по формуле1,4 млн ₽больше на 123,9 тыс\. ₽/);
  chosen(page, 'often');
  chosen(page, 'longer');
  assert.match(page.said('whatIf'), /2,2 млн ₽/);
  for (const name of ['larger', 'often', 'longer']) chosen(page, name, false);
  assert.match(page.said('whatIf'), /1,2 млн ₽как сейчас/);
  assert.equal(page.requests.length, 1);
});

test('What if never promises less than what was bought', () => {
  const reckon = module('whatif');
  const given = { factors: { averageOrderValue: 100, purchasesPerYear: 1, lifetimeYears: 1 }, bought: { value: 1000 } };
  assert.deepEqual({ ...reckon(given, { larger: true }), names: null }, { before: 1000, after: 1000, names: null });
  assert.equal(reckon({ factors: null }, {}), null);
});

test('What is missing in the data stands beside the freshness', async () => {
  assert.match((await shown({ gaps: [{ kind: 'noAmount', leads: 2 }] })).said('fresh'), /на 1 нояб\. 2026есть пробелы.*Без суммы: 2 сделки/);
  assert.match((await shown()).said('fresh'), /связь есть.*Все сделки этого клиента прочитаны/);
});

test('A remark is sent once and answered in the card', async () => {
  const page = await shown();
  page.find('[data-ltvw-send]').click();
  assert.match(page.said('remark'), /Напишите, что не так/);
  page.find('[data-ltvw-remark]').value = '  сделка 17 не наша ';
  page.find('[data-ltvw-send]').click();
  page.find('[data-ltvw-send]').click();
  assert.equal(page.requests.length, 2);
  assert.equal(page.requests[1].options.method, 'POST');
  assert.deepEqual(JSON.parse(page.requests[1].options.data), { text: 'сделка 17 не наша' });
  page.requests[1].created();
  await page.settled();
  assert.match(page.said('remark'), /Замечание у администратора/);
  assert.equal(page.find('[data-ltvw-remark]'), null);
});

for (const [status, body, said] of [[0, undefined, /Не отправлено/], [429, { code: 'tooManyRemarks' }, /замечаний уже много/]]) {
  test(`A remark that did not get through (${status}) keeps its words`, async () => {
    const page = await shown();
    page.find('[data-ltvw-remark]').value = 'не та сумма';
    page.find('[data-ltvw-send]').click();
    page.requests[1].fail(status, body);
    await page.settled();
    assert.match(page.said('remark'), said);
    assert.equal(page.find('[data-ltvw-remark]').value, 'не та сумма');
  });
}

test('What became of an earlier remark is told', async () => {
  const at = { writtenAt: '2026-11-03T10:00:00Z', resolvedAt: null, answer: null };
  assert.match((await shown({ remark: at })).said('remark'), /ждёт администратора/);
  assert.match((await shown({ remark: { ...at, resolvedAt: '2026-11-04T10:00:00Z' } })).said('remark'), /закрыл ваше замечание/);
  assert.match((await shown({ remark: { ...at, resolvedAt: '2026-11-04T10:00:00Z', answer: 'Исключили' } })).said('remark'), /Ответ администратора.*Исключили/);
});

test('A lead says whose numbers it shows', async () => {
  assert.equal((await shown({}, { area: 'lcard' })).find('.ltvw__owner').textContent, 'По компании сделки');
  assert.equal((await shown({ customer: { entity: 'contacts', id: 5 } }, { area: 'lcard' })).find('.ltvw__owner').textContent, 'По контакту сделки');
  assert.equal((await shown()).find('.ltvw__owner'), null);
});

test('A new client shows the leads that do not count, and why', async () => {
  const page = await shown({ state: 'new', ltv: null, factors: null, bought: null, tier: null, forecast: null, history: [], change: null, lifecycle: null, acquisition: null });
  assert.equal(page.state, 'new');
  assert.deepEqual([...page.root.querySelectorAll('details')].map((part) => part.getAttribute('data-ltvw-key')), ['why', 'fresh', 'remark']);
});

test('Text of the server never becomes markup in any part', async () => {
  const bad = '<img src=x onerror="window.broken = true">';
  const page = await shown({
    leads: { counted: { total: 1, items: [{ id: bad, day: bad, amount: 1, kind: bad, reason: null, comment: bad }] }, excluded: { total: 1, items: [{ id: 2, day: null, amount: null, kind: bad, reason: bad, comment: bad }] } },
    remark: { writtenAt: bad, resolvedAt: bad, answer: bad }, gaps: [{ kind: bad, leads: 1 }], lifecycle: { state: bad, typicalGapDays: 60, gapSource: bad },
    forecast: null, noForecast: { reason: bad, have: 1, need: 2 },
  });
  assert.equal(page.root.querySelectorAll('img').length, 0);
  assert.equal(page.window.broken, undefined);
});

test('The line of history ends where the forecast begins, inside its box', () => {
  const line = module('timeline')(card());
  assert.deepEqual([...line.fact.at(-1)], [line.today, line.start]);
  assert.ok(line.fact.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1));
  assert.ok(line.forecast.low < line.forecast.atEnd && line.forecast.atEnd < line.forecast.high && line.forecast.high <= 1);
  assert.ok(line.today > 0.5 && line.today < 1);
  assert.equal(module('timeline')(card({ history: [] })), null);
});

test('The line is described for those who do not see it', async () => {
  assert.equal(plain((await shown()).part('history').querySelector('svg[role=img]').getAttribute('aria-label')), 'С янв. 2024 куплено на 842 800 ₽. До нояб. 2027 ожидается ещё 310 тыс. ₽.');
});
