import { useCallback, useEffect, useState } from 'preact/hooks';

/** Where one is, as the address says it: `#/analytics/segments?tier=A`. */
export interface Route {
  readonly area: string;
  readonly tab: string;
  readonly query: Readonly<Record<string, string>>;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [area = '', tab = ''] = path.split('/').map(decoded);
  return { area, tab, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a tab, to be a link's `href`. What is null or empty in the query is left out. */
export function hrefOf(area: string, tab = '', query: Query = {}): string {
  const search = searchOf(query);
  return `#/${encodeURIComponent(area)}${tab === '' ? '' : `/${encodeURIComponent(tab)}`}${search === '' ? '' : `?${search}`}`;
}

/** `tier=A&page=2`, in the order given; also for the paths of the API. */
export function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.toString();
}

/** A path of the API with its query: `withQuery('/api/analytics/clients', { tier: 'A' })`. */
export function withQuery(path: string, query: Query): string {
  const search = searchOf(query);
  return search === '' ? path : `${path}?${search}`;
}

export function navigate(href: string): void {
  window.location.hash = href.replace(/^#/, '');
}

/** Changes only the query, without a new step in the history: a filter is no place to go back to. */
export function replaceQuery(change: Query): void {
  const { area, tab, query } = parseRoute(window.location.hash);
  window.history.replaceState(null, '', hrefOf(area, tab, { ...query, ...change }));
  window.dispatchEvent(new Event('hashchange'));
}

export function useRoute(): Route {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const follow = () => setHash(window.location.hash);
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return parseRoute(hash);
}

/** One filter kept in the address, so that a link sent to a colleague shows the same. The default is left out. */
export function useFilter(name: string, initial = ''): [value: string, set: (value: string) => void] {
  const { query } = useRoute();
  const set = useCallback((value: string) => replaceQuery({ [name]: value === initial ? null : value }), [name, initial]);
  return [query[name] ?? initial, set];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
