import { Button, DataTable, State } from '../../parts';
import { useWords } from '../../words';
import { type SettingsWords, settingsWords } from '../words';
import type { WriteBackDocument, WriteBackOutput } from './model';

interface Row {
  readonly output: string;
  /** The same number on companies and on contacts, or on deals alone. */
  readonly places: readonly WriteBackOutput[];
}

/** Numbers with a box each, the fields they go into, and how these fare. */
export function FieldTable({ document, wish, isLead, onWish, onMap }: {
  document: WriteBackDocument; wish: readonly string[]; isLead: boolean; onWish: (wish: readonly string[]) => void; onMap: ((places: readonly WriteBackOutput[]) => void) | null;
}) {
  const words = useWords(settingsWords).writing;
  const places = document.outputs.filter((output) => (output.entity === 'lead') === isLead);
  const rows: Row[] = [...new Set(places.map((place) => place.output))].map((output) => ({ output, places: places.filter((place) => place.output === output) }));
  return (
    <DataTable caption={isLead ? words.leads : words.customers} isCaptionHidden rows={rows} rowKey={(row) => row.output} columns={[
      {
        id: 'output', title: words.output, cell: (row) => (
          <label class="row-check">
            <input type="checkbox" checked={wish.includes(row.output)}
              onChange={(event) => onWish(event.currentTarget.checked ? [...wish, row.output] : wish.filter((one) => one !== row.output))} />
            <span>{outputName(row.output, words)}</span>
          </label>
        ),
      },
      {
        id: 'where', title: words.where, cell: (row) => groupsOf(row.places).map((group) => (
          <div key={group[0]!.entity}>
            {group[0]!.fieldName}
            {!isLead && <span class="muted"> · {group.map((place) => words.entity[place.entity]).join(', ')}</span>}
            {group[0]!.field !== null && <span class="muted"> · {group[0]!.isOurs ? words.ours : words.mapped}</span>}
          </div>
        )),
      },
      { id: 'state', title: words.state, cell: (row) => groupsOf(row.places).map((group) => <div key={group[0]!.entity}><PlaceState place={group[0]!} /></div>) },
      ...(onMap === null ? [] : [{
        id: 'map', title: words.map, cell: (row: Row) => (
          <Button look="plain" label={`${words.map}: ${outputName(row.output, words)}`} onClick={() => onMap(row.places)}>{words.map}</Button>
        ),
      }]),
    ]} />
  );
}

/** Cards whose field is called the same and fares the same are told in one line. */
function groupsOf(places: readonly WriteBackOutput[]): readonly (readonly WriteBackOutput[])[] {
  const groups = new Map<string, WriteBackOutput[]>();
  for (const place of places) {
    const alike = JSON.stringify([place.fieldName, place.field === null, place.isOurs, place.isOn, place.offReason, place.trouble]);
    groups.set(alike, [...(groups.get(alike) ?? []), place]);
  }
  return [...groups.values()];
}

function PlaceState({ place }: { place: WriteBackOutput }) {
  const words = useWords(settingsWords).writing.states;
  if (place.offReason === 'reading') return <span class="muted">{words.reading}</span>;
  const trouble = place.trouble ?? (place.offReason === 'admin' ? null : place.offReason);
  if (trouble !== null) return <State tone="risk">{words[trouble]}</State>;
  if (place.isOn) return <State tone="good">{words.on}</State>;
  return <span class="muted">{place.offReason === 'admin' ? words.admin : words.never}</span>;
}

export function outputName(output: string, words: SettingsWords['writing']): string {
  return (words.outputs as Readonly<Record<string, string>>)[output] ?? output;
}
