import { useFormat } from '../format';
import { useWords } from '../words';
import type { Telling } from './describe';
import type { Catalog } from './model';
import { settingsWords } from './words';

/** What says values of settings in the page's words. */
export function useTelling(catalog: Catalog): Telling {
  return { words: useWords(settingsWords), count: useWords().count, format: useFormat(), catalog };
}
