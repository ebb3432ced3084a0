import { DataTable, Empty, Loaded, Section } from '../../parts';
import { useList } from '../../session';
import { useWords } from '../../words';
import { Trace } from '../who';
import { settingsWords } from '../words';
import { trailLines } from './trail';

interface TrailEntry {
  readonly id: number;
  readonly area: 'currency' | 'writeBack' | 'tasks' | 'notices';
  readonly madeBy: string;
  readonly madeAt: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Who changed what is not a version of the settings. */
export function TrailSection() {
  const words = useWords(settingsWords).versions;
  const all = useWords(settingsWords);
  const list = useList<TrailEntry>('/api/settings/trail?limit=20');
  return (
    <Section title={words.trail} sentence={words.trailSentence}>
      <Loaded query={list} height={120}>
        {(rows) => (
          <DataTable caption={words.trail} isCaptionHidden rows={rows} rowKey={(row) => row.id} more={list.more} isLoadingMore={list.isLoadingMore}
            empty={<Empty title={words.trailEmptyTitle}>{words.trailEmpty}</Empty>} columns={[
              { id: 'area', title: words.area, cell: (row) => words.areas[row.area] },
              { id: 'who', title: words.who, cell: (row) => <Trace by={row.madeBy} at={row.madeAt} /> },
              {
                id: 'changes', title: words.changes, cell: (row) => trailLines(row.before, row.after, all)
                  .map((line) => <div key={line.name}>{line.name}: <span class="muted">{line.from} → </span>{line.to}</div>),
              },
            ]} />
        )}
      </Loaded>
    </Section>
  );
}
