import { ApiProblem, asProblem } from './problem';
import type { Ending, Session } from './session';

const HEADER = 'X-AmoLtv-Anti-Forgery';

/** A session as the service tells of it: in whose name the cookie speaks, and the word its requests show. */
export interface Holder {
  readonly antiForgery: string;
  /** Ids in the CRM. */
  readonly account: number;
  readonly user: number;
}

/**
 * The session of a page that stands alone: a cookie no script can read, and a word that belongs to it. All tabs of the
 * browser share the cookie; the word goes with reads too, so that the service answers this page in its own session alone.
 */
export class AloneSession implements Session {
  readonly kind = 'alone';
  private readonly listeners = new Set<(why: Ending) => void>();

  private renewal: Promise<boolean> | null = null;
  private isOver = false;

  constructor(private holder: Holder, private readonly root = new URL('..', document.baseURI)) {}

  authorise(headers: Headers): void {
    headers.set(HEADER, this.holder.antiForgery);
  }

  /**
   * The cookie is renewed by use. Another tab may have begun a new session meanwhile: with the same account and user this
   * page goes on in it, with another it ends, since what it shows and sends belongs to the first. Without any session only
   * a new link from the CRM helps.
   */
  renew(): Promise<boolean> {
    // Once over it stays over: what was typed here for one account must not wait for the next change of the cookie.
    if (this.isOver) return Promise.resolve(false);
    this.renewal ??= askHolder(null, this.root).then(
      (now) => {
        if (now.account !== this.holder.account || now.user !== this.holder.user) return this.end('another');
        this.holder = now;
        return true;
      },
      (error: unknown) => {
        if (asProblem(error).isPassing) throw error;
        return this.end('expired');
      }).finally(() => { this.renewal = null; });
    return this.renewal;
  }

  onEnded(listener: (why: Ending) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private end(why: Ending): false {
    this.isOver = true;
    for (const listener of this.listeners) listener(why);
    return false;
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
  return new AloneSession(await askHolder(code, root), root);
}

async function askHolder(code: string | null, root: URL): Promise<Holder> {
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
  const holder = holderOf(await response.json().catch(() => null));
  if (holder === null) throw new ApiProblem(response.status, 'unreadable');
  return holder;
}

function holderOf(answer: unknown): Holder | null {
  const { antiForgery, account, user } = (answer ?? {}) as Partial<Record<keyof Holder, unknown>>;
  return typeof antiForgery === 'string' && typeof account === 'number' && typeof user === 'number' ? { antiForgery, account, user } : null;
}
