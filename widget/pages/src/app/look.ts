import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Theme } from '../session/messages';
import type { Language } from '../words/language';

/** How the page looks: known before anybody has entered. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

export const LookContext = createContext<Look>({ language: 'ru', theme: 'light' });

export function useLook(): Look {
  return useContext(LookContext);
}
