import assert from 'node:assert/strict';
import { test } from 'vitest';
import { module, words } from './harness.mjs';

const rouble = { code: 'RUB', symbol: '₽' };
const ru = module('format')(words('ru'), rouble);
const en = module('format')(words('en'), { code: 'USD', symbol: '$' });

function each(cases, said) {
  for (const [given, expected] of cases) assert.equal(said(given).replaceAll('\u00a0', '_'), expected, String(given));
}

test('A Russian headline is whole below a hundred thousand and shortened with one decimal above', () => {
  each([
    [0, '0_₽'], [45.3, '45,30_₽'], [999, '999_₽'], [23450, '23_450_₽'], [99999, '99_999_₽'],
    [100000, '100_тыс._₽'], [842800, '842,8_тыс._₽'], [999949, '999,9_тыс._₽'], [999950, '1_млн_₽'],
    [1234567, '1,2_млн_₽'], [12345678, '12,3_млн_₽'], [2.5e9, '2,5_млрд_₽'], [3e12, '3_трлн_₽'],
    [-842800, '−842,8_тыс._₽'], [-50, '−50_₽'],
  ], ru.headline);
});

test('An English headline has the symbol in front and no spaces', () => {
  each([[1234567, '$1.2M'], [842800, '$842.8K'], [23450, '$23,450'], [45.3, '$45.30'], [-1234567, '−$1.2M'], [2.5e9, '$2.5B']], en.headline);
});

test('A currency without a symbol is named by its code', () => {
  const format = module('format');
  assert.equal(format(words('en'), { code: 'RUB', symbol: null }).headline(1234567), 'RUB\u00a01.2M');
  assert.equal(format(words('ru'), { code: 'KZT' }).headline(1234567), '1,2\u00a0млн\u00a0KZT');
  assert.equal(format(words('ru'), null).headline(1234567), '1,2\u00a0млн');
});

test('The exact value always has kopecks', () => {
  each([[1234567, '1_234_567,00_₽'], [45.3, '45,30_₽'], [-1, '−1,00_₽']], ru.exact);
  each([[1234567, '$1,234,567.00']], en.exact);
});

test('Secondary figures are whole, with kopecks only where the sum is small', () => {
  each([[842800, '842_800_₽'], [12345678, '12_345_678_₽'], [1e8, '100_млн_₽'], [35.32, '35,32_₽'], [1234.56, '1_235_₽']], ru.money);
});

test('Plural forms follow Russian rules', () => {
  each([[1, '1_покупка'], [2, '2_покупки'], [4, '4_покупки'], [5, '5_покупок'], [11, '11_покупок'], [12, '12_покупок'],
    [14, '14_покупок'], [21, '21_покупка'], [22, '22_покупки'], [111, '111_покупок'], [1001, '1_001_покупка']], ru.purchases);
  each([[1, '1_purchase'], [2, '2_purchases'], [21, '21_purchases'], [0, '0_purchases']], en.purchases);
});

test('Years take the form of the number as it is shown', () => {
  each([[1, '1_год'], [1.04, '1_год'], [2, '2_года'], [4.9, '4,9_года'], [4.96, '5_лет'], [10, '10_лет'], [0.67, '0,67_года']], ru.years);
  each([[1, '1_year'], [4.9, '4.9_years'], [0.67, '0.67_years']], en.years);
});

test('A share is never rounded down to nothing', () => {
  each([[6, '6_%'], [6.4, '6_%'], [0.4, '0,4_%'], [0.01, '0,1_%'], [100, '100_%']], ru.percent);
  each([[6, '6%'], [0.4, '0.4%']], en.percent);
});

test('A rate keeps the digits that matter', () => {
  each([[12.4, '12'], [2.14, '2,1'], [0.347, '0,35'], [1, '1']], ru.rate);
});

test('A day is a calendar day whatever the reader\'s time zone', () => {
  const zone = process.env.TZ;
  for (const place of ['Pacific/Honolulu', 'UTC', 'Asia/Kamchatka']) {
    process.env.TZ = place;
    each([['2026-08-11', '11_авг._2026'], ['2026-11-01', '1_нояб._2026']], ru.day);
    each([['2026-08-11', '11_Aug_2026']], en.day);
  }
  if (zone === undefined) delete process.env.TZ; else process.env.TZ = zone;
});

test('What is no date says nothing', () => {
  assert.equal(ru.day('yesterday'), '');
  assert.equal(ru.moment(''), '');
});
