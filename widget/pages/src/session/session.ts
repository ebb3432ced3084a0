/**
 * Why a session is over: `expired` the service knows it no more, `another` the browser holds one of another account or
 * user now, which this page must neither show nor write to.
 */
export type Ending = 'expired' | 'another';

/** How requests of this page are authorised: by the frame's token or by the stand-alone page's cookie. */
export interface Session {
  readonly kind: 'frame' | 'alone';
  /** Adds what lets a request through. */
  authorise(headers: Headers): void;
  /** After a refusal: whether a second try makes sense. Asked by many requests at once, done once. */
  renew(): Promise<boolean>;
  /** Called when the session is over for good. Returns how to stop listening. */
  onEnded(listener: (why: Ending) => void): () => void;
}
