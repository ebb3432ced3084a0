import { useEffect, useRef, useState } from 'preact/hooks';
import { useStream } from '../session';
import type { ProgressEvent, Queue, Run } from './model';

/**
 * A run as it stands now: followed by the stream while it runs, connected again when that breaks. `onEnd` is called once.
 * Begins anew with another run.
 */
export function useLiveRun(first: Run, onEnd: () => void): { readonly run: Run; readonly isLive: boolean } {
  const [heard, setHeard] = useState<Run | null>(null);
  const run = heard?.id === first.id ? heard : first;
  const isOver = run.status !== 'running';
  const told = useRef<number | null>(null);
  const end = useRef(onEnd);
  end.current = onEnd;
  const { isLive } = useStream<ProgressEvent>(isOver ? null : `/api/operations/runs/${first.id}/progress`, (event) => {
    if (event.run !== null && event.run !== undefined) setHeard(event.run);
  });
  useEffect(() => {
    if (!isOver || heard?.id !== first.id || told.current === first.id) return;
    told.current = first.id;
    end.current();
  }, [isOver, heard, first.id]);
  return { run, isLive };
}

/** Calls again and again while the component is shown. */
export function useEvery(milliseconds: number, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const timer = setInterval(() => latest.current(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

/** Calls when what runs or waits is no longer the same: a run may begin and end between two looks. */
export function useQueueChange(queue: Queue | null, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  const busy = queue === null ? null : [queue.running?.id ?? '', ...queue.requests.map(({ id }) => id)].join(' ');
  const seen = useRef(busy);
  useEffect(() => {
    if (busy !== null && seen.current !== null && seen.current !== busy) latest.current();
    if (busy !== null) seen.current = busy;
  }, [busy]);
}

/** Seconds since a moment, counted on each second. */
export function useSecondsSince(moment: string, isCounting: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isCounting]);
  return Math.max(0, (now - new Date(moment).getTime()) / 1000);
}
