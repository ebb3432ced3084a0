import type { Language } from '../words/language';

/** A number as it is edited: no grouping, the language's decimal sign; empty for none. */
export function numberText(value: number | null, language: Language): string {
  if (value === null) return '';
  const text = String(value);
  return language === 'ru' ? text.replace('.', ',') : text;
}

/** What was typed: a number, null for nothing, undefined for what is no number. Blanks group, comma and point both divide. */
export function numberFrom(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-').replace(',', '.');
  if (bare === '') return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : undefined;
}
