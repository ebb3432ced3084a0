import { useFilter } from '../app/route';
import { useFormat } from '../format';
import { Button, Choice, type Column, DataTable, Empty, Notice, Page, Person, ProblemNotice, State, useToast, Waiting } from '../parts';
import { useAction, useList, useQuery } from '../session';
import { useWords } from '../words';
import { useEvery, useQueueChange } from './live';
import type { Queue, RequestKind, Run, RunRequest } from './model';
import './operations.css';
import { RunDetails } from './RunDetails';
import { RunProgress } from './RunProgress';
import { named, toldOf, toneOf } from './telling';
import { operationsWords } from './words';

/** What the service did and does: the running one live, the history below. */
export default function Runs() {
  const words = useWords(operationsWords);
  const [choice, setChoice] = useFilter('show', 'main');
  const [opened, setOpened] = useFilter('run');
  const queue = useQuery<Queue>('/api/operations/queue');
  const list = useList<Run>(`/api/operations/runs?choice=${encodeURIComponent(choice)}&limit=50`);
  const state = queue.data;
  const refresh = () => {
    queue.reload();
    list.reload();
  };
  const waits = (state?.requests.length ?? 0) > 0 && state?.running === null;
  useEvery(waits ? 2_000 : 15_000, queue.reload);
  useQueueChange(state, list.reload);

  return (
    <Page title={words.runs.title} sentence={words.runs.sentence} actions={<Ask kind="recalculate" queue={state} onAsked={refresh}>{words.runs.now}</Ask>}>
      {queue.problem && <ProblemNotice problem={queue.problem} onRetry={queue.reload} />}
      {state && <Waits queue={state} onDropped={refresh} />}
      {state?.running && <RunProgress key={state.running.id} run={state.running} onEnd={refresh} />}
      <div><Choice label={words.runs.show} value={choice} onChange={setChoice} options={[
        { value: 'main', title: words.runs.main }, { value: 'all', title: words.runs.all }, { value: 'failed', title: words.runs.failed },
      ]} /></div>
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      {list.data === null ? !list.problem && <Waiting height={320} /> : (
        <DataTable caption={words.runs.history} columns={columns(words, setOpened)} rows={list.data} rowKey={(run) => run.id} more={list.more}
          isLoadingMore={list.isLoadingMore} empty={<Empty title={words.runs.emptyTitle}>{words.runs.empty}</Empty>} />
      )}
      {opened !== '' && /^\d+$/.test(opened) && <RunDetails id={Number(opened)} onClose={() => setOpened('')} onChanged={refresh} />}
    </Page>
  );
}

function columns(words: typeof operationsWords.ru, open: (run: string) => void): readonly Column<Run>[] {
  return [
    { id: 'run', title: words.runs.run, cell: (run) => (
      <Button look="plain" label={`${words.run.name(String(run.id))}: ${words.runs.details}`} onClick={() => open(String(run.id))}>{words.run.name(String(run.id))}</Button>
    ) },
    { id: 'cause', title: words.runs.cause, cell: (run) => <Cause run={run} /> },
    { id: 'status', title: words.runs.status, cell: (run) => <Status run={run} /> },
    { id: 'started', title: words.runs.started, align: 'right', cell: (run) => <Moment text={run.startedAt} /> },
    { id: 'duration', title: words.runs.duration, align: 'right', cell: (run) => <Duration seconds={run.durationSeconds} /> },
  ];
}

function Cause({ run }: { run: Run }) {
  const words = useWords(operationsWords);
  return (
    <>
      {run.kind === null || run.cause === 'night' || run.cause === 'connected' ? named(words.cause, run.cause) : words.kind[run.kind]}
      {run.askedBy !== null && <span class="muted"> · <Person of="users" id={run.askedBy} /></span>}
    </>
  );
}

function Status({ run }: { run: Run }) {
  const words = useWords(operationsWords);
  const told = toldOf(run, words);
  const isPartial = run.status === 'finished' && told !== null;
  return (
    <>
      <State tone={toneOf(isPartial ? 'partial' : run.status)}>{isPartial ? words.status.partial : words.status[run.status]}</State>
      {told !== null && run.code !== 'cancelled' && <div class="muted">{told.cause}</div>}
    </>
  );
}

function Moment({ text }: { text: string }) {
  return <>{useFormat().moment(text)}</>;
}

function Duration({ seconds }: { seconds: number }) {
  return <>{useFormat().duration(seconds)}</>;
}

/** What is asked for and has not begun, and when the next night comes. */
export function Waits({ queue, onDropped }: { queue: Queue; onDropped: () => void }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const drop = useAction((api, id: number) => api.delete<void>(`/api/operations/requests/${id}`));
  const waiting = queue.requests.filter(({ status }) => status === 'waiting');
  return (
    <>
      {waiting.map((request) => (
        <Notice key={request.id} tone="none">
          <p>
            <strong>{request.kind === null ? words.runs.other : words.kind[request.kind]}</strong>{' '}
            {request.waitsFor === null ? words.runs.beginsSoon : words.runs.waitsFor(String(request.waitsFor))}{' '}
            <Button look="plain" isBusy={drop.isRunning} onClick={() => { void drop.run(request.id).then(onDropped); }}>{words.runs.drop}</Button>
          </p>
        </Notice>
      ))}
      {drop.problem && drop.problem.code !== 'unknownRequest' && <ProblemNotice problem={drop.problem} />}
      {queue.running === null && waiting.length === 0 && (
        <p class="muted">{queue.nextNight === null ? words.runs.noNight : words.runs.nextNight(format.moment(queue.nextNight))}</p>
      )}
      {queue.pausedBy !== null && <Notice tone="watch"><p>{words.runs.paused(String(queue.pausedBy))}</p></Notice>}
    </>
  );
}

/** A button that asks for a run, once. */
export function Ask({ kind, queue, onAsked, children, look = 'primary' }: {
  kind: Exclude<RequestKind, 'undo'>; queue: Queue | null; onAsked: (request: RunRequest) => void; children: string; look?: 'primary' | 'usual';
}) {
  const words = useWords(operationsWords);
  const toast = useToast();
  const ask = useAction((api, asked: RequestKind) => api.post<RunRequest>('/api/operations/requests', { kind: asked }));
  const isAsked = queue?.requests.some((request) => request.kind === kind) === true;
  const start = async () => {
    const request = await ask.run(kind);
    if (request === null) return;
    toast({ text: words.runs.asked });
    onAsked(request);
  };
  return (
    <>
      <Button look={look} isBusy={ask.isRunning} isDisabled={queue === null || isAsked} onClick={() => { void start(); }}>{children}</Button>
      {ask.problem && <ProblemNotice problem={ask.problem} told={ask.problem.code === 'writeBackOff' ? words.refused.writeBackOff : undefined} />}
    </>
  );
}
