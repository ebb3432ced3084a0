import { ApiProblem, asProblem } from './problem';
import type { Session } from './session';

const HEADER = 'X-AmoLtv-Anti-Forgery';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session of a page that stands alone: a cookie no script can read, and a word against forgery for writes. */
export class AloneSession implements Session {
  readonly kind = 'alone';
  private readonly listeners = new Set<() => void>();

  private renewal: Promise<boolean> | null = null;

  constructor(private antiForgery: string) {}

  authorise(headers: Headers, method: string): void {
    if (!READING.has(method)) headers.set(HEADER, this.antiForgery);
  }

  /**
   * The cookie is renewed by use. Another window may have begun a new session meanwhile, whose word for writes this page
   * does not know yet; without any session only a new link from the CRM helps.
   */
  renew(): Promise<boolean> {
    this.renewal ??= enterAlone(null).then(
      (now) => {
        this.antiForgery = now.antiForgery;
        return true;
      },
      (error: unknown) => {
        if (asProblem(error).isPassing) throw error;
        for (const listener of this.listeners) listener();
        return false;
      }).finally(() => { this.renewal = null; });
    return this.renewal;
  }

  onEnded(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** The single-use code of the link the page was opened by, taken out of the address at once; null without one. */
export function takeCode(here: Window = window): string | null {
  const given = new URLSearchParams(here.location.hash.slice(1));
  const code = given.get('code');
  if (code === null) return null;
  const to = given.get('to') ?? '';
  // Neither history nor a copied address keeps it; where to go on stays.
  here.history.replaceState(null, '', here.location.pathname + here.location.search + (to.startsWith('/') ? `#${to}` : ''));
  return code;
}

/** Exchanges the code for the cookie, or takes up the cookie that is there. Throws {@link ApiProblem}. */
export async function enterAlone(code: string | null, root = new URL('..', document.baseURI)): Promise<AloneSession> {
  let response: Response;
  try {
    response = await fetch(new URL('api/sessions/cookie', root), {
      method: code === null ? 'GET' : 'POST',
      headers: { Accept: 'application/json', ...(code === null ? {} : { 'Content-Type': 'application/json' }) },
      body: code === null ? null : JSON.stringify({ code }),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch {
    throw ApiProblem.unreachable();
  }
  if (!response.ok) throw await ApiProblem.of(response);
  const answer = (await response.json()) as { antiForgery?: unknown };
  if (typeof answer.antiForgery !== 'string') throw new ApiProblem(response.status, 'unreadable');
  return new AloneSession(answer.antiForgery);
}
