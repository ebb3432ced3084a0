import { Button, Notice, ProblemNotice } from '../parts';
import type { ApiProblem } from '../session/problem';
import { useWords } from '../words';
import { Trace } from './who';
import { settingsWords } from './words';

/** Why something was not saved. Where somebody else was first: who and when as far as it is known, and a way to see what they saved. */
export function NotSaved({ problem, told, onShow }: {
  problem: ApiProblem; told?: { readonly cause: string; readonly step: string } | undefined; onShow: () => void;
}) {
  const words = useWords(settingsWords).notSaved;
  if (problem.code !== 'stale') return <ProblemNotice problem={problem} told={told} />;
  const { by, at } = problem.body;
  return (
    <Notice tone="watch">
      <p>{words.stale}</p>
      {typeof by === 'string' && typeof at === 'string' && <p><Trace by={by} at={at} /></p>}
      <Button onClick={onShow}>{words.show}</Button>
    </Notice>
  );
}
