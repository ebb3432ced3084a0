import { expect, test } from 'vitest';
import { createFormat } from '../src/format';
import { shellWords } from '../src/words';
import type { Language } from '../src/words';

const formatIn = (language: Language, code = 'RUB', symbol: string | null = '₽') =>
  createFormat({ language, words: shellWords[language], currency: { code, symbol }, timeZone: 'Europe/Moscow' });
const ru = formatIn('ru');
const en = formatIn('en', 'USD', '$');
const seen = (text: string) => text.replaceAll('\u00a0', '_');
const each = <T>(cases: readonly (readonly [T, string])[], say: (value: T) => string) => {
  for (const [given, expected] of cases) expect(seen(say(given)), String(given)).toBe(expected);
};

test('A Russian headline is whole below a hundred thousand and shortened with one decimal above', () => {
  each([
    [0, '0_₽'], [45.3, '45,30_₽'], [23450, '23_450_₽'], [99999, '99_999_₽'], [100000, '100_тыс._₽'], [842800, '842,8_тыс._₽'],
    [999949, '999,9_тыс._₽'], [999950, '1_млн_₽'], [1234567, '1,2_млн_₽'], [2.5e9, '2,5_млрд_₽'], [3e12, '3_трлн_₽'], [-842800, '−842,8_тыс._₽'],
  ], ru.headline);
});

test('An English headline has the symbol in front, the sign before it, and no spaces', () => {
  each([[1234567, '$1.2M'], [842800, '$842.8K'], [23450, '$23,450'], [-1234567, '−$1.2M']], en.headline);
});

test('A currency without a symbol is named by its code', () => {
  expect(seen(formatIn('en', 'RUB', null).headline(1234567))).toBe('RUB_1.2M');
  expect(seen(formatIn('ru', 'KZT', null).money(1234))).toBe('1_234_KZT');
});

test('Money of a table is whole, and has kopecks only below a thousand', () => {
  each([[1234567, '1_234_567_₽'], [35.32, '35,32_₽'], [1234.56, '1_235_₽'], [1e9, '1_000_000_000_₽']], ru.money);
  each([[1234567, '1_234_567,00_₽'], [-1, '−1,00_₽']], ru.exact);
});

test('An amount that rounds to nothing has no sign', () => {
  expect(seen(ru.exact(-0.001))).toBe('0,00_₽');
  expect(ru.whole(-0.4)).toBe('0');
});

test('What is unknown is a dash, never 0', () => {
  for (const say of [ru.headline, ru.money, ru.exact, ru.moneyChange, ru.whole, ru.rate, ru.share, ru.years, ru.months, ru.duration]) {
    for (const unknown of [null, undefined, Number.NaN, Infinity]) expect(say(unknown)).toBe('–');
  }
  for (const say of [ru.day, ru.month, ru.quarter, ru.moment]) expect(say(null)).toBe('–');
});

test('A change carries its sign', () => {
  each([[420000, '+420_тыс._₽'], [-42000, '−42_000_₽'], [0, '0_₽']], ru.moneyChange);
  each([[1234567, '+1_234_567_₽'], [-42000, '−42_000_₽'], [0, '0_₽']], ru.moneyDifference);
  each([[0.04, 'меньше_1_₽'], [0, '0_₽'], [1.4, '1_₽'], [54321.6, '54_322_₽']], ru.expected);
  each([[12, '+12'], [-3, '−3'], [0, '0']], ru.wholeChange);
  each([[0.03, '+3_п._п.'], [-0.004, '−0,4_п._п.'], [0, '0_п._п.']], ru.shareChange);
});

test('A share is told in percent, with a decimal only below one', () => {
  each([[0.64, '64_%'], [0.004, '0,4_%'], [1, '100_%'], [0, '0_%']], ru.share);
  each([[0.64, '64%']], en.share);
});

test('Russian words follow the number as it is shown', () => {
  const { clients, purchases } = shellWords.ru.count;
  each([[1, '1_клиент'], [2, '2_клиента'], [5, '5_клиентов'], [11, '11_клиентов'], [21, '21_клиент'], [1234, '1_234_клиента'], [0, '0_клиентов']],
    (n) => ru.count(n, clients));
  each([[111, '111_покупок'], [102, '102_покупки']], (n) => ru.count(n, purchases));
  each([[1, '1_год'], [4.9, '4,9_года'], [5, '5_лет'], [5.02, '5_лет'], [0.67, '0,67_года']], ru.years);
  each([[1, '1_месяц'], [18, '18_месяцев'], [22, '22_месяца']], ru.months);
});

test('English words have one form for one and another for the rest', () => {
  const { clients } = shellWords.en.count;
  each([[1, '1_client'], [0, '0_clients'], [1234, '1,234_clients']], (n) => en.count(n, clients));
  each([[1, '1_year'], [1.5, '1.5_years']], en.years);
});

test('A rate is as exact as its size carries', () => {
  each([[12.34, '12'], [2.13, '2,1'], [0.349, '0,35'], [0, '0']], ru.rate);
});

test('A day stays the day it is, whatever the time zone', () => {
  each([['2026-08-11', '11_авг._2026'], ['2026-05-01', '1_мая_2026'], ['2026-01-01T00:00:00', '1_янв._2026']], ru.day);
  each([['2026-08-11', '11_Aug_2026']], en.day);
});

test('Months and quarters are told by any of their days', () => {
  each([['2026-08', 'авг._2026'], ['2026-08-31', 'авг._2026']], ru.month);
  each([['2026-01', '1_кв. 2026'], ['2026-03-31', '1_кв. 2026'], ['2026-12', '4_кв. 2026']], ru.quarter);
  each([['2026-07-01', 'Q3 2026']], en.quarter);
});

test('A moment is told in the account\'s time zone', () => {
  expect(seen(ru.moment('2026-11-21T00:12:00Z'))).toBe('21_нояб._2026,_03:12');
  expect(seen(en.moment('2026-11-21T22:30:00Z'))).toBe('22_Nov_2026,_01:30');
});

test('A text that is no date shows as it came', () => {
  expect(ru.day('soon')).toBe('soon');
});

test('A duration names its two largest units', () => {
  each([[0, '0_секунд'], [59, '59_секунд'], [125, '2_минуты 5_секунд'], [3600, '1_час'], [93784, '1_день 2_часа']], ru.duration);
  each([[61, '1_minute 1_second']], en.duration);
});
