/** The form of a word that goes with a number: `clients(5)` is «клиентов». */
export type PluralWord = (count: number) => string;

const russian = new Intl.PluralRules('ru');
const english = new Intl.PluralRules('en');

/** 1 покупка, 2 покупки, 5 покупок; a fraction takes the second: 2,1 покупки. */
export function russianPlural(one: string, few: string, many: string): PluralWord {
  return (count) => {
    switch (russian.select(Math.abs(count))) {
      case 'one': return one;
      case 'many': return many;
      default: return few;
    }
  };
}

/** 1 purchase, 2 purchases, 1.5 purchases. */
export function englishPlural(one: string, other: string): PluralWord {
  return (count) => (english.select(Math.abs(count)) === 'one' ? one : other);
}
