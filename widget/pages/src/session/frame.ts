import type { SessionMessage } from './messages';
import type { Parent } from './parent';
import type { Session } from './session';

// A token of 15 minutes is renewed a minute before its end, while the old one still opens everything.
const RENEWED_BEFORE = 60_000;
const ANSWER_WITHIN = 15_000;
// A clock that is wrong must not make a page that renews without a pause.
const LEAST_PAUSE = 5_000;
const AGAIN_AFTER = 30_000;

/**
 * The session of a framed page: a token in memory, given and renewed by the widget around it. It is never over: while the
 * widget stays silent requests are refused, and what somebody has typed waits for it to answer again.
 */
export class FrameSession implements Session {
  readonly kind = 'frame';
  private renewal: Promise<boolean> | null = null;
  private answered: ((isRenewed: boolean) => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parent: Parent, private session: SessionMessage) {
    parent.listen((message) => {
      if (message.kind === 'session') this.take(message);
    });
    this.planFor(session);
  }

  authorise(headers: Headers): void {
    headers.set('Authorization', `Bearer ${this.session.token}`);
  }

  renew(): Promise<boolean> {
    this.renewal ??= new Promise<boolean>((resolve) => {
      const given = setTimeout(() => this.answered?.(false), ANSWER_WITHIN);
      this.answered = (isRenewed) => {
        clearTimeout(given);
        this.renewal = this.answered = null;
        resolve(isRenewed);
        if (!isRenewed) this.plan(AGAIN_AFTER);
      };
      this.parent.send({ kind: 'renew' });
    });
    return this.renewal;
  }

  onEnded(): () => void {
    return () => undefined;
  }

  private take(session: SessionMessage): void {
    this.session = session;
    this.planFor(session);
    this.answered?.(true);
  }

  private planFor(session: SessionMessage): void {
    this.plan(Math.max(LEAST_PAUSE, session.expiresAt - Date.now() - RENEWED_BEFORE));
  }

  private plan(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renew(), pause);
  }
}

/** Says that the page is there and waits for its session; null when the widget stays silent. */
export function enterFrame(parent: Parent, within = ANSWER_WITHIN): Promise<SessionMessage | null> {
  return new Promise((resolve) => {
    const silent = setTimeout(() => end(null), within);
    const stop = parent.listen((message) => {
      if (message.kind === 'session') end(message);
    });
    const end = (session: SessionMessage | null) => {
      clearTimeout(silent);
      stop();
      resolve(session);
    };
    parent.send({ kind: 'ready' });
  });
}
