import { useContext } from 'preact/hooks';
import { PageContext } from '../app/context';
import type { Format } from './format';

export type { Amount, Format } from './format';
export { equation, shownAs } from './equation';
export { createFormat } from './format';
export type { Currency } from './money';

/** Writes numbers and dates in the page's language, the account's currency and time zone. */
export function useFormat(): Format {
  return useContext(PageContext).format;
}
