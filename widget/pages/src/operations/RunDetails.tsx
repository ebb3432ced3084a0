import { useState } from 'preact/hooks';
import { hrefOf } from '../app/route';
import { useFormat } from '../format';
import { Button, Dialog, Loaded, Person, State } from '../parts';
import { useQuery } from '../session';
import { shellWords, useWords } from '../words';
import { useLook } from '../app/look';
import type { Run } from './model';
import { RunFault, RunSteps } from './RunProgress';
import { named, toneOf } from './telling';
import { UndoDialog } from './UndoDialog';
import { operationsWords } from './words';

/** One run: who wanted it, what its steps did, what it changed, and how it is taken back. */
export function RunDetails({ id, onClose, onChanged }: { id: number; onClose: () => void; onChanged: () => void }) {
  const words = useWords(operationsWords);
  const { close } = shellWords[useLook().language];
  const query = useQuery<Run>(`/api/operations/runs/${id}`);
  const [isUndoing, setUndoing] = useState(false);
  const run = query.data;
  if (isUndoing && run !== null) return <UndoDialog run={run.id} onClose={() => setUndoing(false)} onAsked={() => { onChanged(); onClose(); }} />;
  return (
    <Dialog title={`${words.runs.run} ${words.run.name(String(id))}`} onClose={onClose} actions={(
      <>
        {run?.canUndo === true && <Button look="danger" onClick={() => setUndoing(true)}>{words.undo.action}</Button>}
        <Button onClick={onClose}>{close}</Button>
      </>
    )}>
      <Loaded query={query} height={200}>{(data) => <Details run={data} />}</Loaded>
    </Dialog>
  );
}

function Details({ run }: { run: Run }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const hasChanges = run.steps.some(({ step, status }) => ['write-back', 'preview', 'undo'].includes(step) && status !== 'waiting' && status !== 'skipped');
  return (
    <div class="operations-details">
      <p>
        <State tone={toneOf(run.error !== null && run.status === 'finished' ? 'partial' : run.status)}>{run.error !== null && run.status === 'finished' ? words.status.partial : words.status[run.status]}</State>
        {' · '}{run.kind === null ? named(words.cause, run.cause) : words.kind[run.kind]}
        {run.askedBy !== null && <> · {words.run.askedBy} <Person of="users" id={run.askedBy} /></>}
        {run.cancelledBy !== null && <> · {words.run.cancelledBy} <Person of="users" id={run.cancelledBy} /></>}
      </p>
      <p class="muted">{words.run.began(format.moment(run.startedAt))} · {words.run.lasted(format.duration(run.durationSeconds))}</p>
      {run.undoes !== null && <p>{words.undo.undoes(String(run.undoes))}</p>}
      {run.undoneBy !== null && <p>{words.undo.undoneBy(String(run.undoneBy))}</p>}
      <RunFault run={run} />
      <RunSteps run={run} />
      {hasChanges && <p><a href={hrefOf('operations', 'changes', { run: run.id })}>{words.changes.open}</a></p>}
    </div>
  );
}
