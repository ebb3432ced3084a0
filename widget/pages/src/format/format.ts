import type { ShellWords } from '../words';
import type { Language } from '../words/language';
import type { PluralWord } from '../words/plural';
import { quarterOf, written } from './dates';
import { type Currency, Money } from './money';
import { digits, rounded, signed, tie } from './numbers';

/** A number that may be unknown; unknown shows as a dash, never as 0. */
export type Amount = number | null | undefined;

export interface FormatSetting {
  readonly language: Language;
  readonly words: ShellWords;
  readonly currency: Currency;
  /** IANA name of the account's time zone: moments are shown in it. */
  readonly timeZone: string;
}

/** Numbers, money, shares and dates as Russian and English readers write them. */
export interface Format {
  /** The only large thing of a page: `1,2 млн ₽`, `23 450 ₽`; show {@link exact} on hover. */
  headline(value: Amount): string;
  /** `1 234 567 ₽`, `45,30 ₽`. */
  money(value: Amount): string;
  /** `1 234 567,00 ₽`. */
  exact(value: Amount): string;
  /** As {@link headline} with its sign: `+42 тыс. ₽`, `−1,2 млн ₽`. */
  moneyChange(value: Amount): string;
  /** As {@link money} with its sign, for columns of exact sums: `+1 234 567 ₽`. */
  moneyDifference(value: Amount): string;
  /** Money that is expected: whole, and under one in words, since nobody pays a part of a rouble: `меньше 1 ₽`. */
  expected(value: Amount): string;
  /** `12 345`. */
  whole(value: Amount): string;
  /** At most so many decimals: `2,1`. */
  number(value: Amount, places: number): string;
  /** With its sign: `+12`, `−3`. */
  wholeChange(value: Amount): string;
  /** Things a year, LTV:CAC and the like, as exact as their size carries: `12`, `2,1`, `0,35`. */
  rate(value: Amount): string;
  /** A share 0…1 in percent: `64 %`, `0,4 %`. */
  share(value: Amount): string;
  /** A change of a share 0…1 in percentage points: `+3 п. п.`. */
  shareChange(value: Amount): string;
  /** `1 234 клиента`; take the word from `words.count` or an area's own. */
  count(value: Amount, word: PluralWord): string;
  /** `4,9 года`. */
  years(value: Amount): string;
  /** `18 месяцев`. */
  months(value: Amount): string;
  /** `от 120 тыс. ₽ до 540 тыс. ₽`. */
  moneyRange(low: Amount, high: Amount): string;
  /** A calendar day `YYYY-MM-DD`: `11 авг. 2026`. */
  day(text: string | null | undefined): string;
  /** A month `YYYY-MM` or a day of it: `авг. 2026`. */
  month(text: string | null | undefined): string;
  /** A quarter by any of its days: `3 кв. 2026`. */
  quarter(text: string | null | undefined): string;
  /** An ISO moment in the account's time zone: `21 нояб. 2026, 03:12`. */
  moment(text: string | null | undefined): string;
  /** A length in words, the two largest units: `2 минуты 5 секунд`. */
  duration(seconds: Amount): string;
}

export function createFormat({ language, words, currency, timeZone }: FormatSetting): Format {
  const money = new Money(language, words.amount, currency);
  const none = words.none;
  const known = (value: Amount, say: (value: number) => string): string =>
    value === null || value === undefined || !Number.isFinite(value) ? none : say(value);
  const dated = (text: string | null | undefined, say: (text: string) => string): string =>
    text === null || text === undefined || text === '' ? none : say(text);
  const number = (value: number, places: number) => signed(digits(language, value, 0, places), value, places);
  const counted = (value: number, places: number, word: PluralWord) =>
    tie(`${number(value, places)} ${word(rounded(value, places))}`);
  const inPercent = (value: number) => (Math.abs(value) < 0.01 ? 1 : 0);

  return {
    headline: (value) => known(value, (n) => money.headline(n)),
    money: (value) => known(value, (n) => money.whole(n)),
    exact: (value) => known(value, (n) => money.exact(n)),
    moneyChange: (value) => known(value, (n) => (n > 0 ? '+' : '') + money.headline(n)),
    moneyDifference: (value) => known(value, (n) => (n > 0 ? '+' : '') + money.whole(n)),
    expected: (value) => known(value, (n) => (n > 0 && n < 1 ? tie(words.amount.under(money.whole(1))) : money.whole(Math.round(n)))),
    whole: (value) => known(value, (n) => number(n, 0)),
    number: (value, places) => known(value, (n) => number(n, places)),
    wholeChange: (value) => known(value, (n) => signed(digits(language, n, 0, 0), n, 0, true)),
    rate: (value) => known(value, (n) => number(n, Math.abs(n) >= 10 ? 0 : Math.abs(n) >= 1 ? 1 : 2)),
    share: (value) => known(value, (n) => words.amount.percent(number(n * 100, inPercent(n)))),
    shareChange: (value) => known(value, (n) =>
      words.amount.points(signed(digits(language, n * 100, 0, inPercent(n)), n * 100, inPercent(n), true))),
    count: (value, word) => known(value, (n) => counted(n, 0, word)),
    years: (value) => known(value, (n) => counted(n, Math.abs(n) < 1 ? 2 : 1, words.count.years)),
    months: (value) => known(value, (n) => counted(n, 0, words.count.months)),
    moneyRange: (low, high) => words.amount.range(known(low, (n) => money.headline(n)), known(high, (n) => money.headline(n))),
    day: (text) => dated(text, (day) => written(language, 'day', day.slice(0, 10), 'UTC')),
    month: (text) => dated(text, (day) => written(language, 'month', day.slice(0, 7), 'UTC')),
    quarter: (text) => dated(text, (day) => {
      const { quarter, year } = quarterOf(day);
      return words.quarter(String(quarter), String(year));
    }),
    moment: (text) => dated(text, (moment) => written(language, 'moment', moment, timeZone)),
    duration: (seconds) => known(seconds, (n) => {
      const whole = Math.max(0, Math.round(n));
      const parts: [number, PluralWord][] = [
        [Math.floor(whole / 86400), words.count.days],
        [Math.floor(whole / 3600) % 24, words.count.hours],
        [Math.floor(whole / 60) % 60, words.count.minutes],
        [whole % 60, words.count.seconds],
      ];
      const first = parts.findIndex(([count]) => count > 0);
      if (first < 0) return counted(0, 0, words.count.seconds);
      return parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, word]) => counted(count, 0, word)).join(' ');
    }),
  };
}
