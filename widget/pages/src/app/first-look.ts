import { isTheme, type Theme } from '../session/messages';
import { isLanguage, type Language, preferredLanguage } from '../words/language';
import type { Look } from './look';

const KEY = 'amoltv.look';

/** Of a page that stands alone: as chosen here before, else as the browser and the system want it. */
export function firstLook(): Look {
  const kept = keptLook();
  return {
    language: kept.language ?? preferredLanguage(navigator.languages),
    theme: kept.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  };
}

/** Only how the page looks is ever kept in the browser. */
export function keepLook(look: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
  } catch {
    // A browser that keeps nothing asks the system again next time.
  }
}

function keptLook(): { language: Language | null; theme: Theme | null } {
  try {
    const kept = (JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? {}) as Record<string, unknown>;
    const { language, theme } = kept;
    return { language: isLanguage(language) ? language : null, theme: isTheme(theme) ? theme : null };
  } catch {
    return { language: null, theme: null };
  }
}

/** Before anything is drawn: charts read their colours from the page. */
export function wear(look: Look, root: HTMLElement = document.documentElement): void {
  root.lang = look.language;
  root.dataset['theme'] = look.theme;
}
