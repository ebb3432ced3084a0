import { useFormat } from '../format';
import { Button, Notice, Progress, ProblemNotice, State } from '../parts';
import { useAction } from '../session';
import { useWords } from '../words';
import { useLiveRun, useSecondsSince } from './live';
import type { Run, Step } from './model';
import { countsOf, named, shareOf, toldOf, toneOf } from './telling';
import { operationsWords } from './words';

/** A run that is under way: its steps as they go, and a way to end it. */
export function RunProgress({ run: first, onEnd }: { run: Run; onEnd: () => void }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const { run, isLive } = useLiveRun(first, onEnd);
  const isRunning = run.status === 'running';
  const passed = useSecondsSince(run.startedAt, isRunning);
  const cancel = useAction((api, id: number) => api.post<Run>(`/api/operations/runs/${id}/cancel`));
  const isCancelling = run.isCancelling || cancel.isRunning;
  return (
    <section class="operations-live" aria-label={words.run.name(String(run.id))}>
      <header class="operations-live__head">
        <div>
          <h2>{run.kind === null ? named(words.cause, run.cause) : words.kind[run.kind]}</h2>
          <p class="muted">
            {words.run.name(String(run.id))} · {words.run.lasts(format.duration(isRunning ? passed : run.durationSeconds))}
            {isRunning && !isLive && ` · ${words.run.connecting}`}
          </p>
        </div>
        {isRunning && (
          <Button look="danger" isBusy={isCancelling} isDisabled={run.isCancelling} onClick={() => { void cancel.run(run.id); }}>
            {isCancelling ? words.run.cancelling : words.run.cancel}
          </Button>
        )}
      </header>
      {cancel.problem && cancel.problem.code !== 'notRunning' && <ProblemNotice problem={cancel.problem} />}
      <RunSteps run={run} />
      {!isRunning && <RunFault run={run} />}
    </section>
  );
}

export function RunSteps({ run }: { run: Run }) {
  return (
    <ol class="operations-steps">
      {run.steps.map((step) => <li key={step.step}><StepLine step={step} /></li>)}
    </ol>
  );
}

function StepLine({ step }: { step: Step }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const title = named(words.step, step.step);
  if (step.status === 'running') {
    const text = step.total === null || step.total <= 0
      ? (step.done > 0 ? format.whole(step.done) : words.run.begins)
      : words.run.of(format.whole(step.done), format.whole(step.total));
    return <Progress label={title} value={shareOf(step)} text={text} />;
  }
  return (
    <div class="operations-steps__line">
      <State tone={toneOf(step.status)}>{title}</State>
      <span class="muted">{step.status === 'finished' ? countsOf(step, words, format.whole) : named(words.status, step.status)}</span>
    </div>
  );
}

/** What the service wrote for whoever looks after it: in its own language, so folded away. */
export function Said({ text }: { text: string }) {
  const words = useWords(operationsWords);
  return (
    <details class="notice__detail">
      <summary>{words.run.said}</summary>
      <p>{text}</p>
    </details>
  );
}

/** Why a run did not do everything, in words, with the next step. */
export function RunFault({ run }: { run: Run }) {
  const words = useWords(operationsWords);
  const told = toldOf(run, words);
  if (told === null) return null;
  const isDetailed = run.error !== null && run.code !== 'cancelled' && run.code !== 'stopped' && run.code !== 'interrupted';
  return (
    <Notice tone={run.status === 'failed' ? 'risk' : 'watch'}>
      <p><strong>{told.cause}</strong> {told.step}</p>
      {isDetailed && <Said text={run.error ?? ''} />}
    </Notice>
  );
}
