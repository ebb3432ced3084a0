import type { ApiProblem } from '../session/problem';
import { type ShellWords, useWords } from '../words';
import { Button } from './Button';
import { Icon } from './icons';

type Told = { readonly cause: string; readonly step: string };

/** The cause of a problem and the next step. */
export function toldOf(problem: ApiProblem, words: ShellWords['problem']): Told {
  switch (problem.code) {
    case 'ended': return words.ended;
    case 'notAnalyst': return words.forbidden;
    case 'switchedOff': return words.switchedOff;
    case 'page': return words.page;
    case 'notAdmin': return words.notAdmin;
    case 'unknownAccount': return words.unknownAccount;
    case 'stale': return words.stale;
  }
  switch (problem.status) {
    case 0: return words.offline;
    case 400: case 413: case 415: case 422: return words.invalid;
    case 401: return words.ended;
    case 403: return words.forbidden;
    case 404: case 410: return words.notFound;
    case 409: case 412: return words.stale;
    case 429: return words.busy;
    default: return words.server;
  }
}

export interface ProblemNoticeProps {
  readonly problem: ApiProblem;
  readonly onRetry?: (() => void) | undefined;
  /** Words of the area for its own codes. */
  readonly told?: Told | undefined;
}

/** Names the cause and the next step; what the service said stands below for whoever helps. */
export function ProblemNotice({ problem, onRetry, told }: ProblemNoticeProps) {
  const words = useWords();
  const { cause, step } = told ?? toldOf(problem, words.problem);
  const detail = problem.status > 0 ? problem.detail : null;
  return (
    <div class="notice tone_risk" role="alert">
      <Icon name="risk" />
      <div class="notice__words">
        <p><strong>{cause}</strong> {step}</p>
        {detail !== null && <p class="notice__detail">{words.problem.said(detail)}</p>}
      </div>
      {onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    </div>
  );
}

/** Something to know before going on, in the colour of its tone. */
export function Notice({ tone, children }: { tone: 'good' | 'watch' | 'risk' | 'none'; children: preact.ComponentChildren }) {
  return (
    <div class={`notice tone_${tone}`} role="status">
      <Icon name={tone} />
      <div class="notice__words">{children}</div>
    </div>
  );
}
