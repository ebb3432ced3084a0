import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { PageContext } from '../app/context';
import type { Api } from './api';
import { type ApiProblem, asProblem } from './problem';

export function useApi(): Api {
  return useContext(PageContext).api;
}

export interface Query<T> {
  /** The last answer; kept while a newer one is on its way, and when the same question fails for a while only. */
  readonly data: T | null;
  readonly problem: ApiProblem | null;
  readonly isLoading: boolean;
  /** Asks again, when a person wants to or something was written. */
  readonly reload: () => void;
}

// A service that is away is asked again by itself, ever more seldom.
const pauses = [3_000, 6_000, 12_000, 30_000] as const;

/**
 * Whether what was shown may stay beside a failure. What the service refuses is not shown any more; a frame whose widget is
 * silent is not refused, and what somebody has typed in it waits.
 */
function mayStay(problem: ApiProblem): boolean {
  return problem.isPassing || problem.code === 'ended';
}

/** What a path of the service answers; null asks nothing. An answer that comes after a newer question is not shown. */
export function useQuery<T>(path: string | null): Query<T> {
  const api = useApi();
  const [state, setState] = useState<{ path: string | null; data: T | null; problem: ApiProblem | null; isLoading: boolean }>(
    { path: null, data: null, problem: null, isLoading: path !== null });
  const [turn, setTurn] = useState(0);
  const failures = useRef(0);

  useEffect(() => {
    if (path === null) return undefined;
    const stop = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    setState((old) => ({ ...old, isLoading: true }));
    api.get<T>(path, { signal: stop.signal }).then(
      (data) => {
        if (stop.signal.aborted) return;
        failures.current = 0;
        setState({ path, data, problem: null, isLoading: false });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const problem = asProblem(error);
        setState((old) => ({ path, data: old.path === path && mayStay(problem) ? old.data : null, problem, isLoading: false }));
        if (!problem.isPassing) return;
        const pause = pauses[Math.min(failures.current, pauses.length - 1)];
        failures.current += 1;
        retry = setTimeout(() => setTurn((old) => old + 1), pause);
      });
    return () => {
      stop.abort();
      clearTimeout(retry);
    };
  }, [api, path, turn]);

  const reload = useCallback(() => setTurn((old) => old + 1), []);
  // What was asked before says nothing of this question: neither its failure nor that it has been answered.
  const isAnother = path !== null && state.path !== path;
  return { data: state.data, problem: isAnother ? null : state.problem, isLoading: state.isLoading || isAnother, reload };
}

/** One page of a list, as every list of the service answers. */
export interface ListPage<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

export interface List<Row> extends Query<readonly Row[]> {
  /** Null when everything is shown. */
  readonly more: (() => void) | null;
  readonly isLoadingMore: boolean;
}

/** A list by cursor: the first page by {@link useQuery}, the others put behind it. A new path begins anew. */
export function useList<Row>(path: string | null): List<Row> {
  const api = useApi();
  const first = useQuery<ListPage<Row>>(path);
  const [rest, setRest] = useState<{ first: ListPage<Row> | null; items: readonly Row[]; next: string | null; problem: ApiProblem | null; isLoading: boolean }>(
    { first: null, items: [], next: null, problem: null, isLoading: false });
  const current = rest.first === first.data ? rest : { first: first.data, items: [], next: first.data?.next ?? null, problem: null, isLoading: false };
  const { next } = current;

  const more = path === null || next === null || first.data === null ? null : () => {
    // While the first page is on its way, the cursor belongs to what was asked before.
    if (current.isLoading || first.isLoading) return;
    setRest({ ...current, isLoading: true, problem: null });
    const separator = path.includes('?') ? '&' : '?';
    api.get<ListPage<Row>>(`${path}${separator}cursor=${encodeURIComponent(next)}`).then(
      (page) => setRest((old) => (old.first === current.first
        ? { ...old, items: [...current.items, ...page.items], next: page.next, isLoading: false }
        : old)),
      (error: unknown) => setRest((old) => (old.first === current.first ? { ...old, problem: asProblem(error), isLoading: false } : old)));
  };
  return {
    data: first.data === null ? null : [...first.data.items, ...current.items],
    problem: first.problem ?? current.problem,
    isLoading: first.isLoading,
    isLoadingMore: current.isLoading,
    reload: first.reload,
    more,
  };
}

/**
 * Follows a stream of events while the component is shown; connects again when it breaks or ends.
 * Returns whether it is connected as far as one knows, and what stopped it for good.
 */
export function useStream<T>(path: string | null, onEvent: (event: T) => void): { isLive: boolean; problem: ApiProblem | null } {
  const api = useApi();
  const [state, setState] = useState<{ isLive: boolean; problem: ApiProblem | null }>({ isLive: false, problem: null });
  const listener = useRef(onEvent);
  listener.current = onEvent;

  useEffect(() => {
    if (path === null) return undefined;
    const stop = new AbortController();
    let failures = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      const hear = (event: T) => {
        if (stop.signal.aborted) return;
        failures = 0;
        setState((old) => (old.isLive ? old : { isLive: true, problem: null }));
        listener.current(event);
      };
      const later = (problem: ApiProblem | null) => {
        if (stop.signal.aborted) return;
        setState({ isLive: false, problem });
        if (problem !== null && !problem.isPassing) return;
        again = setTimeout(follow, pauses[Math.min(failures, pauses.length - 1)]);
        failures += 1;
      };
      api.stream<T>(path, hear, { signal: stop.signal }).then(() => later(null), (error: unknown) => later(asProblem(error)));
    };
    follow();
    return () => {
      stop.abort();
      clearTimeout(again);
    };
  }, [api, path]);
  return state;
}

export interface Action<Input, Output> {
  /** Resolves to null when it failed; the problem is in `problem` then. */
  readonly run: (input: Input) => Promise<Output | null>;
  readonly isRunning: boolean;
  readonly problem: ApiProblem | null;
  readonly clear: () => void;
}

/** A write: one at a time, its failure kept to be shown. */
export function useAction<Input, Output>(act: (api: Api, input: Input) => Promise<Output>): Action<Input, Output> {
  const api = useApi();
  const [state, setState] = useState<{ isRunning: boolean; problem: ApiProblem | null }>({ isRunning: false, problem: null });
  const running = useRef(false);
  const run = async (input: Input) => {
    if (running.current) return null;
    running.current = true;
    setState({ isRunning: true, problem: null });
    try {
      const output = await act(api, input);
      setState({ isRunning: false, problem: null });
      return output;
    } catch (error) {
      setState({ isRunning: false, problem: asProblem(error) });
      return null;
    } finally {
      running.current = false;
    }
  };
  return { run, ...state, clear: () => setState((old) => ({ ...old, problem: null })) };
}
