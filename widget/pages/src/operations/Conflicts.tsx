import { useFormat } from '../format';
import { Button, type Column, DataTable, Empty, Page, ProblemNotice, State, useToast, Waiting } from '../parts';
import { useAction, useList } from '../session';
import { useWords } from '../words';
import { CardLink } from './CardLink';
import { Value } from './Changes';
import type { Conflict } from './model';
import { operationsWords } from './words';

/** Fields of cards that something else writes too: who shall win, card by card. */
export default function Conflicts() {
  const words = useWords(operationsWords);
  const format = useFormat();
  const toast = useToast();
  const list = useList<Conflict>('/api/operations/conflicts?limit=50');
  const decide = useAction((api, { conflict, what }: { conflict: Conflict; what: 'resume' | 'leave' }) =>
    api.post<void>(`/api/operations/conflicts/${conflict.card}/${conflict.id}/${conflict.field}/${what}`).then(() => true));
  const act = async (conflict: Conflict, what: 'resume' | 'leave') => {
    if (await decide.run({ conflict, what }) === null) return;
    toast({ text: what === 'resume' ? words.conflicts.resumed : words.conflicts.left });
    list.reload();
  };
  const columns: readonly Column<Conflict>[] = [
    { id: 'card', title: words.changes.card, cell: (conflict) => <CardLink card={conflict.card} id={conflict.id} name={conflict.cardName} /> },
    { id: 'field', title: words.changes.field, cell: (conflict) => conflict.fieldName ?? words.changes.gone(String(conflict.field)) },
    { id: 'ours', title: words.conflicts.ours, align: 'right', cell: (conflict) => <Value text={conflict.ours} type={conflict.fieldType} /> },
    { id: 'theirs', title: words.conflicts.theirs, align: 'right', cell: (conflict) => <Value text={conflict.theirs} type={conflict.fieldType} /> },
    { id: 'state', title: words.runs.status, cell: (conflict) => (conflict.stoppedAt === null
      ? <State tone="watch">{words.conflicts.seen(format.count(conflict.seen, words.count.times))}</State>
      : <State tone="none">{words.conflicts.stopped(format.moment(conflict.stoppedAt))}</State>) },
    { id: 'act', title: words.conflicts.decision, cell: (conflict) => (
      <span class="row-actions">
        <Button look="plain" isBusy={decide.isRunning} onClick={() => { void act(conflict, 'resume'); }}>{words.conflicts.resume}</Button>
        {conflict.stoppedAt === null && <Button look="plain" isBusy={decide.isRunning} onClick={() => { void act(conflict, 'leave'); }}>{words.conflicts.leave}</Button>}
      </span>
    ) },
  ];
  return (
    <Page title={words.conflicts.title} sentence={words.conflicts.sentence}>
      {decide.problem && <ProblemNotice problem={decide.problem} told={decide.problem.code === 'unknownConflict' ? words.refused.unknownConflict : undefined} />}
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      {list.data === null ? !list.problem && <Waiting height={240} /> : (
        <DataTable caption={words.conflicts.list} columns={columns} rows={list.data} rowKey={(conflict) => `${conflict.card}-${conflict.id}-${conflict.field}`}
          more={list.more} isLoadingMore={list.isLoadingMore} empty={<Empty title={words.conflicts.noneTitle}>{words.conflicts.none}</Empty>} />
      )}
    </Page>
  );
}
