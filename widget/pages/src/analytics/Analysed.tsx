import type { ComponentChildren } from 'preact';
import { Empty, Loaded } from '../parts';
import type { Query } from '../session';
import { useWords } from '../words';
import { analyticsWords } from './words';
import './analytics.css';

/** What an analysis has brought; an account that was not analysed yet is told what will make it appear. */
export function Analysed<T>({ query, height = 480, children }: { query: Query<T>; height?: number; children: (data: T) => ComponentChildren }) {
  const words = useWords(analyticsWords);
  if (query.problem?.code === 'notAnalysed') return <Empty title={words.notAnalysed.title}>{words.notAnalysed.text}</Empty>;
  return <Loaded query={query} height={height}>{(data) => <div class="analysis">{children(data)}</div>}</Loaded>;
}
