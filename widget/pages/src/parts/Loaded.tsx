import type { ComponentChildren } from 'preact';
import type { Query } from '../session/query';
import { useWords } from '../words';
import { ProblemNotice } from './ProblemNotice';

export interface LoadedProps<T> {
  readonly query: Query<T>;
  /** Height that is kept while nothing is there yet, in pixels: the page does not jump. */
  readonly height?: number;
  readonly children: (data: T) => ComponentChildren;
}

/** Draws what a query has brought: a quiet place while it is on its way, the old while a newer one is. */
export function Loaded<T>({ query, height = 240, children }: LoadedProps<T>) {
  const words = useWords();
  const { data, problem, isLoading, reload } = query;
  return (
    <div class="loaded" aria-busy={isLoading}>
      {problem && !isLoading && <ProblemNotice problem={problem} onRetry={reload} />}
      {data !== null
        ? <div class={isLoading ? 'loaded__old' : undefined}>{children(data)}</div>
        : isLoading && <Waiting height={height} />}
      <span class="unseen" role="status">{isLoading ? (data === null ? words.loading : words.refreshing) : ''}</span>
    </div>
  );
}

/** Holds the place of what is being loaded. */
export function Waiting({ height }: { height: number }) {
  return <div class="waiting" style={{ height: `${height}px` }} aria-hidden="true" />;
}
