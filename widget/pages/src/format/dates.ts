import type { Language } from '../words/language';
import { tie } from './numbers';

// British order for English: day before month, as in the CRM's own English pages.
const locales = { ru: 'ru', en: 'en-GB' } as const;
const writers = new Map<string, Intl.DateTimeFormat>();

const shapes = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short', year: 'numeric' },
  monthInWords: { month: 'long', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateShape = keyof typeof shapes;

/** A text that is no date shows as it came: nobody is helped by an empty cell. */
export function written(language: Language, shape: DateShape, text: string, timeZone: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return text;
  const key = `${language} ${shape} ${timeZone}`;
  let writer = writers.get(key);
  if (writer === undefined) {
    writer = new Intl.DateTimeFormat(locales[language], { ...shapes[shape], timeZone });
    writers.set(key, writer);
  }
  return tie(writer.format(moment).replace(/\sг\.?(?=,|\s|$)/, ''));
}

/** Which of the four quarters a month `YYYY-MM` or day `YYYY-MM-DD` lies in. */
export function quarterOf(text: string): { quarter: number; year: number } {
  const [year, month] = text.split('-').map(Number);
  return { year: year ?? Number.NaN, quarter: Math.ceil((month ?? Number.NaN) / 3) };
}
