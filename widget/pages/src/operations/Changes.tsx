import { useState } from 'preact/hooks';
import { useFilter } from '../app/route';
import { useLook } from '../app/look';
import { useFormat } from '../format';
import { Button, type Column, Dialog, Empty, Figure, Figures, ListTable, Loaded, Notice, Page, ProblemNotice, SelectField, Waiting } from '../parts';
import { useList, useQuery } from '../session';
import { shellWords, useWords } from '../words';
import { CardLink } from './CardLink';
import { useEvery, useQueueChange } from './live';
import type { ChangeGroup, FieldChange, Queue, Run } from './model';
import './operations.css';
import { RunProgress } from './RunProgress';
import { Ask, Waits } from './Runs';
import { named } from './telling';
import { UndoDialog } from './UndoDialog';
import { fieldText } from './value';
import { operationsWords } from './words';

const WRITING: readonly string[] = ['preview', 'write-back', 'undo'];

/** What would change in the CRM, field by field, before it does; and what a run has changed, to be taken back. */
export default function Changes() {
  const words = useWords(operationsWords);
  const [chosen, setChosen] = useFilter('run');
  const queue = useQuery<Queue>('/api/operations/queue');
  const runs = useList<Run>('/api/operations/runs?choice=all&limit=100');
  const state = queue.data;
  const refresh = () => {
    queue.reload();
    runs.reload();
  };
  useEvery((state?.requests.length ?? 0) > 0 && state?.running === null ? 2_000 : 15_000, queue.reload);
  useQueueChange(state, runs.reload);
  const writing = (runs.data ?? []).filter((run) => run.status !== 'running' && run.steps.some(({ step, status }) => WRITING.includes(step) && status === 'finished'));
  const shown = /^\d+$/.test(chosen) ? Number(chosen) : writing[0]?.id ?? null;

  return (
    <Page title={words.changes.title} sentence={words.changes.sentence} actions={(
      <>
        <Ask kind="preview" queue={state} look="usual" onAsked={() => { setChosen(''); refresh(); }}>{words.changes.preview}</Ask>
        <Ask kind="freshPreview" queue={state} look="usual" onAsked={() => { setChosen(''); refresh(); }}>{words.changes.freshPreview}</Ask>
      </>
    )}>
      {queue.problem && <ProblemNotice problem={queue.problem} onRetry={queue.reload} />}
      {state?.isWriteBackOn === false && <Notice tone="watch"><p><strong>{words.refused.writeBackOff.cause}</strong> {words.refused.writeBackOff.step}</p></Notice>}
      {state && <Waits queue={state} onDropped={refresh} />}
      {state?.running && <RunProgress key={state.running.id} run={state.running} onEnd={refresh} />}
      {runs.problem && <ProblemNotice problem={runs.problem} onRetry={runs.reload} />}
      {runs.data === null ? !runs.problem && <Waiting height={320} />
        : shown === null ? <Empty title={words.changes.noneTitle}>{words.changes.none}</Empty>
        : <RunChanges key={shown} id={shown} runs={writing} queue={state} onChoose={setChosen} onAsked={refresh} />}
    </Page>
  );
}

function RunChanges({ id, runs, queue, onChoose, onAsked }: {
  id: number; runs: readonly Run[]; queue: Queue | null; onChoose: (run: string) => void; onAsked: () => void;
}) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const { language } = useLook();
  const query = useQuery<readonly ChangeGroup[]>(`/api/operations/runs/${id}/changes/summary`);
  const [field, setField] = useFilter('field');
  const [status, setStatus] = useFilter('status');
  const [isUndoing, setUndoing] = useState(false);
  const [isWriting, setWriting] = useState(false);
  const run = runs.find((one) => one.id === id);
  const groups = query.data ?? [];
  const fields = [...new Map(groups.map((group) => [`${group.card}-${group.field}`, group])).entries()];
  const [card, number] = field.split('-');
  // The language is for the file alone.
  const filters = { card: number === undefined ? '' : card ?? '', field: number ?? '', status, language };
  const isPreview = run?.steps.some(({ step }) => step === 'preview') === true;
  const previewed = sumOf(groups, 'previewed');

  return (
    <>
      <div class="operations-filters">
        <SelectField label={words.changes.run} value={String(id)} onChange={onChoose}
          options={[...(run ? [] : [{ value: String(id), title: words.run.name(String(id)) }]), ...runs.map((one) => ({ value: String(one.id), title: `${words.run.name(String(one.id))}, ${one.kind === null ? named(words.cause, one.cause) : words.kind[one.kind]}, ${format.moment(one.startedAt)}` }))]} />
        <SelectField label={words.changes.field} value={field} onChange={setField}
          options={[{ value: '', title: words.changes.allFields }, ...fields.map(([value, group]) => ({ value, title: `${words.card[group.card]}: ${group.fieldName ?? words.changes.gone(String(group.field))}` }))]} />
        <SelectField label={words.changes.fate} value={status} onChange={setStatus}
          options={[{ value: '', title: words.changes.allFates }, ...[...new Set(groups.map((group) => group.status))].map((value) => ({ value, title: words.fate[value] }))]} />
      </div>
      <Loaded query={query} height={90}>
        {(data) => (data.length === 0 ? <Empty title={words.changes.sameTitle}>{words.changes.same}</Empty> : <Fates groups={data} />)}
      </Loaded>
      {groups.length > 0 && (
        <ListTable<FieldChange> caption={words.changes.list} path={`/api/operations/runs/${id}/changes`} filters={filters} columns={columns(words)}
          rowKey={(change) => `${change.card}-${change.id}-${change.field}`}
          csv={{ path: `/api/operations/runs/${id}/changes.csv`, name: `changes-${id}.csv` }}
          actions={isPreview
            ? <Button look="primary" isDisabled={previewed === 0 || queue?.running !== null} onClick={() => setWriting(true)}>{words.changes.write}</Button>
            : run?.canUndo === true && <Button look="danger" onClick={() => setUndoing(true)}>{words.undo.action}</Button>} />
      )}
      {isWriting && run && <WriteDialog run={run} fields={previewed} queue={queue} onClose={() => setWriting(false)} onAsked={() => { setWriting(false); onChoose(''); onAsked(); }} />}
      {isUndoing && <UndoDialog run={id} onClose={() => setUndoing(false)} onAsked={() => { setUndoing(false); onChoose(''); onAsked(); }} />}
    </>
  );
}

function sumOf(groups: readonly ChangeGroup[], status: FieldChange['status']): number {
  return groups.filter((group) => group.status === status).reduce((sum, group) => sum + group.fields, 0);
}

function Fates({ groups }: { groups: readonly ChangeGroup[] }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const fates = [...new Set(groups.map((group) => group.status))];
  return <Figures>{fates.map((fate) => <Figure key={fate} label={words.fate[fate]} value={format.count(sumOf(groups, fate), words.count.fields)} />)}</Figures>;
}

function WriteDialog({ run, fields, queue, onClose, onAsked }: { run: Run; fields: number; queue: Queue | null; onClose: () => void; onAsked: () => void }) {
  const words = useWords(operationsWords);
  const { cancel } = shellWords[useLook().language];
  const format = useFormat();
  return (
    <Dialog title={words.changes.writeTitle} onClose={onClose} actions={(
      <>
        <Ask kind="writeBack" queue={queue} onAsked={onAsked}>{words.changes.writeNow}</Ask>
        <Button onClick={onClose}>{cancel}</Button>
      </>
    )}>
      <p>{words.changes.writeWhat(words.run.name(String(run.id)), format.moment(run.startedAt), format.count(fields, words.count.fields))}</p>
      <p class="muted">{queue?.cardsPerMinute === null || queue === null ? words.changes.paceFree : words.changes.pace(format.whole(queue.cardsPerMinute))}</p>
      {queue?.pausedBy !== null && queue !== null && <p>{words.changes.endsPause}</p>}
    </Dialog>
  );
}

export function columns(words: typeof operationsWords.ru): readonly Column<FieldChange>[] {
  return [
    { id: 'card', title: words.changes.card, cell: (change) => <CardLink card={change.card} id={change.id} name={change.cardName} /> },
    { id: 'field', title: words.changes.field, cell: (change) => change.fieldName ?? words.changes.gone(String(change.field)) },
    { id: 'before', title: words.changes.before, align: 'right', cell: (change) => <Value text={change.before} type={change.fieldType} /> },
    { id: 'after', title: words.changes.after, align: 'right', cell: (change) => <strong><Value text={change.after} type={change.fieldType} /></strong> },
    { id: 'fate', title: words.changes.fate, cell: (change) => (
      <>
        {words.fate[change.status]}
        {(change.code ?? change.reason) !== null && <div class="muted">{change.code === null ? change.reason : named(words.reason, change.code)}</div>}
      </>
    ) },
  ];
}

/** A value of a field; an empty one is said in words. */
export function Value({ text, type }: { text: string | null; type: string | null }) {
  const words = useWords(operationsWords);
  const shown = fieldText(text, type, useFormat());
  return shown === null ? <span class="muted">{words.changes.empty}</span> : <span>{shown}</span>;
}
