// Each figure of the card explains itself: what it means, and how it came about from this client's numbers.
import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Page, card } from './harness.mjs';

const shown = async (overrides, place) => new Page(place).answered((request) => request.succeed(card(overrides)));
const plain = (text) => text.replaceAll('\u00a0', ' ');
const button = (page, name) => page.find(`[data-ltvw-explain="${name}"]`);
const panel = (page) => page.find('#ltvw-explained');
const explained = (page, name) => {
  button(page, name).click();
  return plain(panel(page).textContent);
};
const press = (page, key, at = page.window.document.body) => at.dispatchEvent(new page.window.KeyboardEvent('keydown', { key, bubbles: true }));
const number = (text) => Number(text.replace(/[^\d,−]/g, '').replace('−', '-').replace(',', '.'));

const ALWAYS = ['ltv', 'tier', 'bought', 'count', 'average', 'last', 'expected', 'next', 'lifecycle', 'chance'];
const UNFOLDED = ['cac', 'ratio', 'payback', 'byPurchases', 'byModel', 'byAgeing', 'whatIf'];

for (const language of ['ru', 'en']) {
  test(`Every figure is a button that opens its definition (${language})`, async () => {
    const page = await shown({}, { language });
    assert.deepEqual([...page.root.querySelectorAll('[data-ltvw-explain]')].map((one) => one.getAttribute('data-ltvw-explain')), [...ALWAYS, ...UNFOLDED]);
    for (const name of [...ALWAYS, ...UNFOLDED]) {
      const told = explained(page, name);
      assert.ok(panel(page).querySelector('strong').textContent.length > 2, name);
      assert.ok(panel(page).querySelector('p').textContent.length > 20, name);
      assert.doesNotMatch(told, /undefined|NaN|null|\{\w+\}/, name);
      assert.equal(page.root.querySelectorAll('[aria-expanded="true"]').length, 1, 'one at a time');
    }
  });
}

test('A button says whether it is open and what it opens', async () => {
  const page = await shown();
  const opener = button(page, 'bought');
  assert.equal(opener.nodeName, 'BUTTON');
  assert.equal(opener.getAttribute('aria-expanded'), 'false');
  assert.equal(opener.getAttribute('aria-controls'), panel(page).id);
  assert.equal(opener.getAttribute('aria-describedby'), null);
  assert.equal(panel(page).getAttribute('aria-live'), 'polite', 'it is read aloud when it opens');
  assert.equal(panel(page).textContent, '');
  opener.focus();
  opener.click();
  assert.equal(opener.getAttribute('aria-expanded'), 'true');
  assert.equal(opener.getAttribute('aria-describedby'), panel(page).id);
  assert.equal(page.window.document.activeElement, opener, 'focus stays where it was');
});

test('Escape, a second press, a press elsewhere and focus elsewhere close it', async () => {
  const page = await shown();
  const opener = button(page, 'bought');
  const ways = [
    () => press(page, 'Escape', opener),
    () => opener.click(),
    () => page.window.document.body.click(),
    () => button(page, 'average').focus(),
    () => page.part('why').querySelector('summary').click(),
  ];
  for (const close of ways) {
    opener.focus();
    opener.click();
    assert.equal(opener.getAttribute('aria-expanded'), 'true');
    close();
    assert.equal(opener.getAttribute('aria-expanded'), 'false');
    assert.equal(panel(page).textContent, '');
  }
});

test('Escape leaves focus on the figure, and a press inside the explanation leaves it open', async () => {
  const page = await shown();
  button(page, 'ltv').focus();
  button(page, 'ltv').click();
  panel(page).querySelector('p').click();
  assert.equal(button(page, 'ltv').getAttribute('aria-expanded'), 'true');
  press(page, 'Escape', button(page, 'ltv'));
  assert.equal(page.window.document.activeElement, button(page, 'ltv'));
});

test('The formula is told with the factors of this client and comes to its LTV', async () => {
  const told = explained(await shown(), 'ltv');
  assert.match(told, /средняя покупка × покупок в год × срок/);
  assert.match(told, /самое меньшее на год/);
  assert.match(told, /Основа: выручка, как введено в CRM\./);
  assert.match(told, /120 400 ₽ × 2,1 × 4,9 = 1 238 916 ₽$/);
});

test('With gross profit as basis each explanation is of profit, and of revenue only what is revenue', async () => {
  const page = await shown({ basis: 'margin' });
  assert.match(explained(page, 'ltv'), /валовая прибыль с покупки × покупок в год × срок.*Основа: валовая прибыль/);
  assert.match(explained(page, 'bought'), /^Валовая прибыль.*за вычетом возвратов и себестоимости\./);
  assert.match(explained(page, 'average'), /^Средний чек, выручка.*Выручка за вычетом возвратов/);
  assert.match(explained(page, 'whatIf'), /Валовая прибыль с покупки ×/);
});

test('A product of rounded factors does not claim to be exact', async () => {
  const told = explained(await shown({ factors: { averageOrderValue: 35000, purchasesPerYear: 1, lifetimeYears: 2 / 3, isLifetimeAssumed: true }, ltv: { value: 23333.33, kind: 'formula', isFloored: false, note: null } }), 'ltv');
  assert.match(told, /35 000 ₽ × 1 × 0,67 ≈ 23 333,33 ₽$/);
  assert.match(told, /принят условно/);
});

test('A floored LTV tells what the formula gives, and why that is not shown', async () => {
  const told = explained(await shown({ factors: { averageOrderValue: 35000, purchasesPerYear: 1, lifetimeYears: 0.67, isLifetimeAssumed: false }, ltv: { value: 35000, kind: 'formula', isFloored: true, note: null } }), 'ltv');
  assert.match(told, /35 000 ₽ × 1 × 0,67 = 23 450 ₽$/);
  assert.match(told, /меньше, чем уже куплено/);
});

test('The other headlines are told by what they are the sum of', async () => {
  assert.match(explained(await shown({ ltv: { value: 842800, kind: 'historical', isFloored: false, note: null } }), 'ltv'), /7 покупок: 842 800 ₽$/);
  assert.match(explained(await shown({ ltv: { value: 1155200, kind: 'total', isFloored: false, note: null } }), 'ltv'), /842 800 ₽ \+ 312 400 ₽ = 1 155 200 ₽$/);
  assert.match(explained(await shown({ ltv: { value: null, kind: 'formula', isFloored: false, note: 'returnsExceedPurchases' }, factors: null, acquisition: null }), 'ltv'), /считать не из чего/);
});

test('An average is the revenue over the number of purchases, on either basis', async () => {
  assert.match(explained(await shown(), 'average'), /842 800 ₽ : 7 = 120 400 ₽$/);
  assert.match(explained(await shown({ basis: 'margin', bought: { ...card().bought, value: 300000 } }), 'average'), /842 800 ₽ : 7 = 120 400 ₽$/);
  assert.match(explained(await shown({ bought: { ...card().bought, value: 100, purchases: 3, averageOrderValue: 33.33 } }), 'average'), /100 ₽ : 3 ≈ 33,33 ₽$/);
});

for (const [ltv, cac, server] of [[1238916, 203000, 6.1], [350000.5, 42000, 8.333], [90000, 203000, 0.4433], [203000000, 1000, 203000], [-5000, 1000, -5]]) {
  test(`LTV : CAC of ${ltv} and ${cac} divides the very numbers that are shown`, async () => {
    const page = await shown({ ltv: { ...card().ltv, value: ltv }, acquisition: { cac, ltvToCac: server, paybackMonths: null } });
    const inCard = page.part('acquisition').querySelector('.ltvw__aside').textContent;
    const [, left, below, result] = explained(page, 'ratio').match(/([−\d ,]+) ₽ : ([\d ,]+) ₽ [=≈] ([−\d ,]+)$/);
    assert.equal(number(left), ltv);
    assert.equal(number(below), cac);
    assert.equal(result.replaceAll(' ', ''), plain(inCard).replaceAll(' ', ''));
    assert.ok(Math.abs(number(left) / number(below) - number(result)) <= Math.max(0.5, Math.abs(number(result)) * 0.05));
    const cell = [...page.part('acquisition').querySelectorAll('dd')].map((one) => plain(one.textContent));
    assert.equal(number(cell[0]), cac, 'the cost stands there as it is divided by');
    assert.equal(cell[1], plain(inCard));
  });
}

test('Without an LTV there is a cost and no ratio', async () => {
  const page = await shown({ ltv: { value: null, kind: 'formula', isFloored: false, note: 'returnsExceedPurchases' }, factors: null });
  assert.equal(button(page, 'ratio'), null);
  assert.ok(button(page, 'cac'));
});

test('Place, chance, rhythm and forecast are told with their own numbers', async () => {
  const page = await shown();
  assert.match(explained(page, 'tier'), /^Уровень LTV.*A\. Клиент входит в 6 % самых ценных\.$/);
  assert.match(explained(page, 'chance'), /64 %\. Из 100 клиентов с такой оценкой 78 купили снова\.$/);
  assert.match(explained(page, 'lifecycle'), /Молчит 102 дня, обычный промежуток 60 дней: прошло 1,7 промежутка$/);
  assert.match(explained(page, 'expected'), /В среднем 310 тыс\. ₽, это 2,4 покупки; от 120 до 540 тыс\. ₽ в 8 случаях из 10$/);
  assert.match(explained(page, 'next'), /14 дек\. 2026$/);
  assert.match(explained(page, 'count'), /Учтено 7 из 9 сделок клиента$/);
});

for (const [gap, ru, en] of [[102, 'прошёл 1 промежуток', '1 gap has passed'], [51, 'прошло 2 промежутка', '2 gaps have passed'], [20.4, 'прошло 5 промежутков', '5 gaps have passed'], [204, 'прошло 0,5 промежутка', '0.5 gaps have passed']]) {
  test(`Words of the silence agree with how many gaps have passed: ${en}`, async () => {
    const given = { lifecycle: { state: 'slipping', typicalGapDays: gap, gapSource: 'own' } };
    assert.ok(explained(await shown(given), 'lifecycle').endsWith(`: ${ru}`));
    assert.ok(explained(await shown(given, { language: 'en' }), 'lifecycle').endsWith(`: ${en}`));
  });
}

test('A missing forecast is explained by what it lacks', async () => {
  const page = await shown({ forecast: null, noForecast: { reason: 'tooFewCustomers', have: 7, need: 10 } });
  assert.match(explained(page, 'expected'), /Нужно 10 клиентов с покупками, сейчас 7\.$/);
  assert.equal(button(page, 'chance'), null);
});

test('The explanation follows the numbers that come while it is open', async () => {
  const page = await shown();
  explained(page, 'bought');
  await page.pass(30);
  page.requests[1].succeed(card({ version: 'next', bought: { ...card().bought, value: 900000, purchases: 8 } }));
  await page.settled();
  assert.match(plain(panel(page).textContent), /8 покупок: 900 000 ₽$/);
  await page.pass(30);
  page.requests[2].succeed(card({ version: 'last', state: 'new', bought: null, ltv: null, factors: null, tier: null }));
  await page.settled();
  assert.equal(page.root.querySelector('[aria-expanded="true"]'), null);
});

test('What was explained on one card is not on the next', async () => {
  const page = await shown();
  explained(page, 'bought');
  page.open('comcard', 901);
  await page.answered((request) => request.succeed(card()));
  assert.equal(page.find('[aria-expanded="true"]'), null);
});

test('What if is explained by what it comes to', async () => {
  const page = await shown();
  const box = page.find('[data-ltvw-what-if=larger]');
  box.checked = true;
  box.dispatchEvent(new page.window.Event('change', { bubbles: true }));
  assert.match(explained(page, 'whatIf'), /1 362 807,60 ₽$/);
});

test('Text of the server never becomes markup in an explanation', async () => {
  const bad = '<img src=x onerror="window.broken = true">';
  const page = await shown({ tier: { code: 'A', name: bad, color: '' }, currency: { code: bad, symbol: bad }, basis: bad, lifecycle: { state: bad, typicalGapDays: 60, gapSource: bad } });
  for (const name of ['ltv', 'tier', 'bought', 'cac']) explained(page, name);
  assert.equal(page.root.querySelectorAll('img').length, 0);
  assert.equal(page.window.broken, undefined);
});
