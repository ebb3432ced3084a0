import type { Language } from '../words/language';

export const NO_BREAK = '\u00a0';
export const MINUS = '\u2212';

/** Blanks inside a number, and before its unit, never end a line. */
export function tie(text: string): string {
  return text.replace(/[\s\u202f]/g, NO_BREAK);
}

const writers = new Map<string, Intl.NumberFormat>();

/** Without a sign: the sign belongs in front of a currency's symbol as well. */
export function digits(language: Language, value: number, least: number, most: number): string {
  const key = `${language} ${least} ${most}`;
  let writer = writers.get(key);
  if (writer === undefined) {
    writer = new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most });
    writers.set(key, writer);
  }
  return tie(writer.format(Math.abs(value)));
}

export function rounded(value: number, places: number): number {
  return Number(value.toFixed(places));
}

/** The sign of what is shown: −0,4 that shows as 0 has none. */
export function signed(text: string, value: number, places: number, withPlus = false): string {
  const shown = rounded(value, places);
  if (shown < 0) return MINUS + text;
  return withPlus && shown > 0 ? `+${text}` : text;
}
