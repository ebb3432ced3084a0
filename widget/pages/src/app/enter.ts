import { type AloneSession, enterAlone } from '../session/alone';
import { type Api, createApi } from '../session/api';
import { enterFrame, FrameSession } from '../session/frame';
import type { Me } from '../session/me';
import type { AreaId } from '../session/messages';
import { Names } from '../session/names';
import type { Parent } from '../session/parent';
import { ApiProblem, asProblem } from '../session/problem';
import type { Ending, Session } from '../session/session';

export interface Entered {
  readonly session: Session;
  readonly api: Api;
  readonly names: Names;
  readonly me: Me;
  readonly isFramed: boolean;
  /** What the CRM's place shows; null where the page stands alone. */
  readonly area: AreaId | null;
}

/**
 * Why nobody has entered: `none` no session was ever there, `used` the link's code is spent, `expired` the session is
 * over, `another` the browser holds one of another account or user now, `silent` the widget around the frame gives none, `away` the service does not answer, `refused` it says no.
 */
export type Refusal =
  | { readonly reason: 'none' | 'used' | Ending | 'silent' | 'away' }
  | { readonly reason: 'refused'; readonly problem: ApiProblem };

export class EntryRefused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason);
  }
}

/** How this page may be entered: by the widget around its frame, or by a code or cookie of its own. */
export interface Entrance {
  /** Tries to enter; may be asked again after `away`. Throws {@link EntryRefused}. */
  enter(): Promise<Entered>;
}

export function frameEntrance(parent: Parent): Entrance {
  let session: FrameSession | null = null;
  let area: AreaId | null = null;
  const names = new Names(parent);
  return {
    async enter() {
      if (session === null) {
        const given = await enterFrame(parent);
        if (given === null) throw new EntryRefused({ reason: 'silent' });
        session = new FrameSession(parent, given);
        area = given.area;
      }
      return arrived(session, names, true, area);
    },
  };
}

export function aloneEntrance(code: string | null): Entrance {
  let waiting = code;
  let session: AloneSession | null = null;
  const names = new Names(null);
  return {
    async enter() {
      session ??= await byCodeOrCookie(waiting);
      waiting = null;
      return arrived(session, names, false, null);
    },
  };
}

async function byCodeOrCookie(code: string | null): Promise<AloneSession> {
  if (code !== null) {
    try {
      return await enterAlone(code);
    } catch (error) {
      const problem = asProblem(error);
      if (problem.isPassing) throw refusalOf(problem, 'used');
    }
  }
  // The link was opened before, and what it opened may still be open.
  try {
    return await enterAlone(null);
  } catch (error) {
    throw refusalOf(asProblem(error), code === null ? 'none' : 'used');
  }
}

async function arrived(session: Session, names: Names, isFramed: boolean, area: AreaId | null): Promise<Entered> {
  const api = createApi(session);
  let ending: Ending = 'expired';
  const stop = session.onEnded((why) => { ending = why; });
  try {
    return { session, api, names, isFramed, area, me: await api.get<Me>('/api/me') };
  } catch (error) {
    throw refusalOf(asProblem(error), ending);
  } finally {
    stop();
  }
}

function refusalOf(problem: ApiProblem, unauthorised: 'none' | 'used' | Ending): EntryRefused {
  if (problem.isPassing) return new EntryRefused({ reason: 'away' });
  if (problem.status === 401) return new EntryRefused({ reason: unauthorised });
  return new EntryRefused({ reason: 'refused', problem });
}
