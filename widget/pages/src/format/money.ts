import type { Language } from '../words/language';
import type { ShellWords } from '../words';
import { digits, MINUS, NO_BREAK, rounded, tie } from './numbers';

export interface Currency {
  /** ISO 4217. */
  readonly code: string;
  readonly symbol: string | null;
}

// Below this a whole sum is as short as «84,3 тыс.» and says more.
const SHORTENED_FROM = 1e5;

const steps = [
  { from: 1e12, name: 'trillion' },
  { from: 1e9, name: 'billion' },
  { from: 1e6, name: 'million' },
  { from: 1e3, name: 'thousand' },
] as const;

/** A sum as it is written whole: kopecks only where the sum is so small that they matter. */
export function wholeOf(value: number): number {
  return rounded(value, Math.abs(value) < 1000 && !Number.isInteger(value) ? 2 : 0);
}

export class Money {
  private readonly mark: string;

  constructor(private readonly language: Language, private readonly words: ShellWords['amount'], currency: Currency) {
    const symbol = currency.symbol === null || currency.symbol === '' ? currency.code : currency.symbol;
    // "RUB 1.2M" needs the space that "$1.2M" must not have.
    this.mark = language === 'en' && /[\p{L}.]$/u.test(symbol) ? symbol + NO_BREAK : symbol;
  }

  headline(value: number): string {
    return Math.abs(value) >= SHORTENED_FROM ? this.shortened(value) : this.whole(value);
  }

  /** Kopecks only where the sum is so small that they matter. */
  whole(value: number): string {
    const places = Math.abs(value) < 1000 && !Number.isInteger(value) ? 2 : 0;
    return this.marked(digits(this.language, value, places, places), rounded(value, places));
  }

  exact(value: number): string {
    return this.marked(digits(this.language, value, 2, 2), rounded(value, 2));
  }

  private shortened(value: number): string {
    const size = Math.abs(value);
    let index = steps.findIndex((step) => size >= step.from);
    // 999 950 is «1 млн», not «1000 тыс.».
    if (index > 0 && rounded(size / steps[index]!.from, 1) >= 1000) index -= 1;
    const step = steps[index]!;
    return this.marked(this.words[step.name](digits(this.language, size / step.from, 0, 1)), value);
  }

  private marked(amount: string, shown: number): string {
    return (shown < 0 ? MINUS : '') + tie(this.words.money(amount, this.mark)).trim();
  }
}
