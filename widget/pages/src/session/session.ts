/** How requests of this page are authorised: by the frame's token or by the stand-alone page's cookie. */
export interface Session {
  readonly kind: 'frame' | 'alone';
  /** Adds what lets a request through. */
  authorise(headers: Headers, method: string): void;
  /** After a refusal: whether a second try makes sense. Asked by many requests at once, done once. */
  renew(): Promise<boolean>;
  /** Called when the session is over for good. Returns how to stop listening. */
  onEnded(listener: () => void): () => void;
}
