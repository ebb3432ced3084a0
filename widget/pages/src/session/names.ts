import { useContext, useEffect, useState } from 'preact/hooks';
import { PageContext } from '../app/context';
import type { People } from './messages';
import type { Parent } from './parent';

// What the parent asks the CRM in one request.
const MOST_IDS = 50;
const FORGET_AFTER = 20_000;
// The CRM may have failed to name somebody for a moment, or has nobody of this number: it is not asked at every turn.
const AGAIN_AFTER = 60_000;

/**
 * Names of people, asked of the widget around this page, which asks the CRM as the user who looks. They are kept in
 * memory alone. What is wanted within one turn of the page goes out together.
 */
export class Names {
  private readonly known = { users: new Map<number, string>(), contacts: new Map<number, string>() };
  private readonly asked = { users: new Set<number>(), contacts: new Set<number>() };
  private readonly waiting = { users: new Set<number>(), contacts: new Set<number>() };
  private readonly requests = new Map<number, { readonly of: People; readonly ids: readonly number[] }>();
  private readonly listeners = new Set<() => void>();
  private last = 0;
  private isPlanned = false;

  /** @param parent Null where the page stands alone: nobody can be asked then. */
  constructor(private readonly parent: Parent | null) {
    parent?.listen((message) => {
      if (message.kind !== 'names') return;
      const request = this.requests.get(message.request);
      if (request === undefined) return;
      const { of, ids } = request;
      this.requests.delete(message.request);
      for (const [id, name] of message.names) if (this.asked[of].has(id)) this.known[of].set(id, name);
      setTimeout(() => this.forget(of, ids), AGAIN_AFTER);
      for (const listener of this.listeners) listener();
    });
  }

  nameOf(of: People, id: number): string | null {
    return this.known[of].get(id) ?? null;
  }

  want(of: People, ids: readonly number[]): void {
    if (this.parent === null) return;
    for (const id of ids) if (!this.asked[of].has(id)) this.waiting[of].add(id);
    if (this.isPlanned || this.waiting[of].size === 0) return;
    this.isPlanned = true;
    queueMicrotask(() => this.ask());
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private ask(): void {
    this.isPlanned = false;
    for (const of of ['users', 'contacts'] as const) {
      const ids = [...this.waiting[of]];
      this.waiting[of].clear();
      for (let from = 0; from < ids.length; from += MOST_IDS) this.send(of, ids.slice(from, from + MOST_IDS));
    }
  }

  private send(of: People, ids: readonly number[]): void {
    const request = ++this.last;
    this.requests.set(request, { of, ids });
    for (const id of ids) this.asked[of].add(id);
    this.parent?.send({ kind: 'names', request, of, ids });
    // A parent that does not answer is asked again by the next page that wants them.
    setTimeout(() => {
      if (this.requests.delete(request)) this.forget(of, ids);
    }, FORGET_AFTER);
  }

  /** Lets those be asked for again who have no name yet. */
  private forget(of: People, ids: readonly number[]): void {
    for (const id of ids) if (!this.known[of].has(id)) this.asked[of].delete(id);
  }
}

/** Names of these people as far as they are known; the component is drawn again when more are. */
export function useNames(of: People, ids: readonly number[]): (id: number) => string | null {
  const { names } = useContext(PageContext);
  const [, setTurn] = useState(0);
  const key = ids.join();
  useEffect(() => names.listen(() => setTurn((old) => old + 1)), [names]);
  useEffect(() => names.want(of, key === '' ? [] : key.split(',').map(Number)), [names, of, key]);
  return (id) => names.nameOf(of, id);
}
