import { useFormat } from '../../format';
import { Button, DataTable, Empty, Loaded, ProblemNotice, Section, useToast } from '../../parts';
import { useAction, useList } from '../../session';
import { useWords } from '../../words';
import { Trace, Who } from '../who';
import { settingsWords } from '../words';

interface SpendChange {
  readonly id: number;
  readonly kind: 'cell' | 'import' | 'undo';
  readonly by: string;
  readonly at: string;
  readonly note: string;
  readonly cells: number;
  readonly undoneBy: string | null;
  readonly undoneAt: string | null;
}

/** Every change of spend, with who and when; each can be taken back. */
export function SpendHistory({ turn, onChange }: { turn: number; onChange: () => void }) {
  const words = useWords(settingsWords).spend;
  const format = useFormat();
  const toast = useToast();
  // The list is read anew with the table.
  const list = useList<SpendChange>(`/api/settings/spend/changes?limit=10&turn=${turn}`);
  const undo = useAction((api, id: number) => api.post<{ restored: number; kept: number }>(`/api/settings/spend/changes/${id}/undo`, {}));
  const take = async (id: number) => {
    const done = await undo.run(id);
    if (done === null) return;
    toast({ text: words.undoneNow(format.count(done.restored, words.cellsWord), format.whole(done.kept)) });
    onChange();
  };
  return (
    <Section title={words.history}>
      {undo.problem && <ProblemNotice problem={undo.problem} />}
      <Loaded query={list} height={120}>
        {(rows) => (
          <DataTable caption={words.history} isCaptionHidden rows={rows} rowKey={(row) => row.id} more={list.more} isLoadingMore={list.isLoadingMore}
            empty={<Empty title={words.historyEmptyTitle}>{words.historyEmpty}</Empty>}
            columns={[
              { id: 'what', title: words.what, cell: (row) => <>{words.kind[row.kind]}{row.note !== '' && <span class="muted"> · {row.note}</span>}</> },
              { id: 'cells', title: words.cells, align: 'right', cell: (row) => format.whole(row.cells) },
              { id: 'who', title: words.who, cell: (row) => <Trace by={row.by} at={row.at} /> },
              {
                id: 'undo', title: words.undo, cell: (row) => (row.undoneBy === null
                  ? <Button look="plain" label={`${words.undo}: ${words.kind[row.kind]}, ${format.moment(row.at)}`} isBusy={undo.isRunning} onClick={() => void take(row.id)}>{words.undo}</Button>
                  : <span class="muted"><Who by={row.undoneBy} />, {format.moment(row.undoneAt)}</span>),
              },
            ]} />
        )}
      </Loaded>
    </Section>
  );
}
