import { type Language, isLanguage } from '../words/language';

export type Theme = 'light' | 'dark';
export type AreaId = 'analytics' | 'settings' | 'operations';
export type People = 'users' | 'contacts';

export interface SessionMessage {
  readonly kind: 'session';
  readonly token: string;
  /** Milliseconds of the epoch. */
  readonly expiresAt: number;
  readonly language: Language | null;
  readonly theme: Theme | null;
  readonly area: AreaId | null;
}

export type FromParent =
  | SessionMessage
  | { readonly kind: 'names'; readonly request: number; readonly names: ReadonlyMap<number, string> }
  | { readonly kind: 'theme'; readonly theme: Theme };

export type ToParent =
  | { readonly kind: 'ready' | 'renew' }
  | { readonly kind: 'names'; readonly request: number; readonly of: People; readonly ids: readonly number[] }
  | { readonly kind: 'height'; readonly px: number };

/** Of whatever came: a message of ours in full shape, or null. What came may be anything. */
export function fromParent(given: unknown): FromParent | null {
  if (typeof given !== 'object' || given === null) return null;
  const message = given as Record<string, unknown>;
  if (message['amoltv'] !== 1) return null;
  switch (message['kind']) {
    case 'session': return sessionFrom(message);
    case 'names': return namesFrom(message);
    case 'theme': return isTheme(message['theme']) ? { kind: 'theme', theme: message['theme'] } : null;
    default: return null;
  }
}

function sessionFrom(message: Record<string, unknown>): SessionMessage | null {
  const { token, expiresAt, language, theme, area } = message;
  // What cannot stand in a header is no token.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token) || typeof expiresAt !== 'string') return null;
  const ends = Date.parse(expiresAt);
  if (Number.isNaN(ends)) return null;
  return {
    kind: 'session',
    token,
    expiresAt: ends,
    language: isLanguage(language) ? language : null,
    theme: isTheme(theme) ? theme : null,
    area: isArea(area) ? area : null,
  };
}

function namesFrom(message: Record<string, unknown>): FromParent | null {
  const { request, names } = message;
  if (typeof request !== 'number' || typeof names !== 'object' || names === null) return null;
  const read = new Map<number, string>();
  for (const [id, name] of Object.entries(names)) {
    if (/^\d{1,15}$/.test(id) && typeof name === 'string' && name.trim() !== '') read.set(Number(id), name);
  }
  return { kind: 'names', request, names: read };
}

export function isTheme(value: unknown): value is Theme {
  return value === 'light' || value === 'dark';
}

export function isArea(value: unknown): value is AreaId {
  return value === 'analytics' || value === 'settings' || value === 'operations';
}
