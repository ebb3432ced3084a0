import { useContext } from 'preact/hooks';
import { LookContext } from '../app/look';
import { en } from './en';
import type { Dictionary } from './language';
import { ru } from './ru';

export type { Dictionary, Language } from './language';
export type { PluralWord } from './plural';
export { englishPlural, russianPlural } from './plural';

export type ShellWords = typeof ru;
export const shellWords: Dictionary<ShellWords> = { ru, en };

/** The words in the page's language: the shell's, or those of the dictionary given. */
export function useWords(): ShellWords;
export function useWords<Words>(dictionary: Dictionary<Words>): Words;
export function useWords(dictionary: Dictionary<unknown> = shellWords): unknown {
  return dictionary[useContext(LookContext).language];
}
