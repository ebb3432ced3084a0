import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Format } from '../format/format';
import type { Api } from '../session/api';
import type { Me } from '../session/me';
import type { Names } from '../session/names';

/** What every part of a page may use once somebody has entered. */
export interface PageState {
  readonly me: Me;
  readonly api: Api;
  readonly names: Names;
  readonly format: Format;
  /** Whether the page lies in a frame of the CRM. */
  readonly isFramed: boolean;
}

// Nothing below the entrance is drawn without it.
export const PageContext = createContext<PageState>(null as unknown as PageState);

export function usePage(): PageState {
  return useContext(PageContext);
}

export function useMe(): Me {
  return usePage().me;
}
