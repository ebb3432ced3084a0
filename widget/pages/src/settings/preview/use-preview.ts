import { useEffect, useRef, useState } from 'preact/hooks';
import { useApi } from '../../session';
import { type ApiProblem, asProblem } from '../../session/problem';
import type { AccountSettings } from '../model';
import type { PreviewAnswer } from './model';

// Long enough that a number being typed is asked about once, short enough to feel live.
const PAUSE = 250;

export interface Preview {
  /** The last answer; kept while a newer one is on its way, or while the draft cannot be used. */
  readonly answer: PreviewAnswer | null;
  readonly isCounting: boolean;
  /** Whether the draft as it stands cannot be used. */
  readonly isInvalid: boolean;
  readonly problem: ApiProblem | null;
}

/** What the settings would do, asked anew whenever they change. An answer to an older question is not shown. */
export function usePreview(settings: AccountSettings | null): Preview {
  const api = useApi();
  const [state, setState] = useState<Preview>({ answer: null, isCounting: settings !== null, isInvalid: false, problem: null });
  const asked = settings === null ? null : JSON.stringify(settings);
  const isFirst = useRef(true);

  useEffect(() => {
    if (asked === null) return undefined;
    const stop = new AbortController();
    setState((old) => ({ ...old, isCounting: true }));
    const pause = isFirst.current ? 0 : PAUSE;
    isFirst.current = false;
    const timer = setTimeout(() => {
      api.post<PreviewAnswer>('/api/settings/preview', { settings: JSON.parse(asked) as unknown }, { signal: stop.signal }).then(
        (answer) => {
          if (!stop.signal.aborted) setState({ answer, isCounting: false, isInvalid: false, problem: null });
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const problem = asProblem(error);
          const isInvalid = problem.code === 'invalid';
          setState((old) => ({ ...old, isCounting: false, isInvalid, problem: isInvalid ? null : problem }));
        });
    }, pause);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [api, asked]);
  return state;
}
