export type Language = 'ru' | 'en';

export const languages: readonly Language[] = ['ru', 'en'];

/**
 * The words of one area in both languages. A value is a text, a function that makes one
 * (`(count: string) => …`), or a group of such. Write `export const en: typeof ru = { … }`:
 * the compiler then holds the keys equal, and a test holds it too.
 */
export interface Dictionary<Words> {
  readonly ru: Words;
  readonly en: Words;
}

export function isLanguage(value: unknown): value is Language {
  return value === 'ru' || value === 'en';
}

/** Of a browser's list of languages: Russian where it is wanted first, English otherwise. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted[0]?.toLowerCase().startsWith('ru') === true ? 'ru' : 'en';
}
