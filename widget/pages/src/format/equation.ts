import { wholeOf } from './money';
import { NO_BREAK, rounded } from './numbers';

// What computers lose in a product is no rounding of ours.
const EXACT = 1e-9;

/** What is shown on the left is what is reckoned with; a result that was rounded says so: `120 400 ₽ × 2,1 × 4,9 ≈ 1 238 917 ₽`. */
export function equation(left: string, reckoned: number, shown: number, text: string): string {
  return `${left}${NO_BREAK}${Math.abs(reckoned - shown) < EXACT * Math.max(1, Math.abs(shown)) ? '=' : '≈'} ${text}`;
}

/** Numbers as a page shows them. */
export const shownAs = { money: wholeOf, number: rounded };
