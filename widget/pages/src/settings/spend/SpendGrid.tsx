import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useLook } from '../../app/look';
import { useFormat } from '../../format';
import { Empty, IconButton, ProblemNotice, useToast } from '../../parts';
import { numberFrom, numberText } from '../../parts/number-text';
import { useApi } from '../../session';
import { type ApiProblem, asProblem } from '../../session/problem';
import { useWords } from '../../words';
import type { Freshness } from '../model';
import { settingsWords } from '../words';
import { gridOf, type SpendTable, withCell } from './grid';

export interface SpendGridProps {
  readonly table: SpendTable;
  readonly months: readonly string[];
  readonly extra: readonly string[];
  readonly onChange: (table: SpendTable) => void;
  readonly onReload: () => void;
  readonly onSaved: () => void;
  readonly onEarlier: () => void;
  readonly onLater: () => void;
}

/** Channels down, months across; every cell is a field that saves itself when it is left. */
export function SpendGrid({ table, months, extra, onChange, onReload, onSaved, onEarlier, onLater }: SpendGridProps) {
  const words = useWords(settingsWords).spend;
  const shell = useWords();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const grid = gridOf(table, months, extra);

  const save = async (channel: string, month: string, was: number | null, amount: number | null) => {
    onChange(withCell(table, channel, month, amount));
    setProblem(null);
    try {
      const done = await api.put<{ change: number; fresh: Freshness }>('/api/settings/spend/cell', { channel, month, amount, was });
      onSaved();
      toast({
        text: words.saved(words.cell(channel, format.month(month))),
        onUndo: () => void api.post(`/api/settings/spend/changes/${done.change}/undo`, {}).finally(onReload),
      });
    } catch (error) {
      setProblem(asProblem(error));
      onReload();
    }
  };

  return (
    <>
      {problem && (problem.code === 'stale'
        ? <ProblemNotice problem={problem} told={{ cause: words.stale, step: '' }} />
        : <ProblemNotice problem={problem} />)}
      <div class="spend__years">
        <IconButton icon="up" label={words.earlier} onClick={onEarlier} />
        <span>{format.month(months[0])} – {format.month(months.at(-1))}</span>
        <IconButton icon="down" label={words.later} onClick={onLater} />
      </div>
      {grid.rows.length === 0
        ? <Empty title={words.emptyTitle}>{words.empty}</Empty>
        : (
          <div class="table__scroll" role="region" aria-label={words.title} tabIndex={0}>
            <table class="spend">
              <thead>
                <tr>
                  <th scope="col">{words.channel}</th>
                  {grid.months.map((month) => <th key={month} scope="col" class="right">{format.month(month)}</th>)}
                  <th scope="col" class="right">{words.total}</th>
                </tr>
              </thead>
              <tbody>
                {grid.rows.map((row) => (
                  <tr key={row.channel}>
                    <th scope="row">{row.channel}</th>
                    {row.cells.map((cell, index) => (
                      <td key={grid.months[index]} class="right">
                        <Cell label={words.cell(row.channel, format.month(grid.months[index]))} value={cell}
                          onSave={(amount, was) => void save(row.channel, grid.months[index]!, was, amount)} />
                      </td>
                    ))}
                    <td class="right">{row.total === 0 ? shell.none : format.money(row.total)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <td>{words.total}</td>
                  {grid.totals.map((total, index) => <td key={grid.months[index]} class="right">{total === 0 ? shell.none : format.money(total)}</td>)}
                  <td class="right">{grid.total === 0 ? shell.none : format.money(grid.total)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        )}
    </>
  );
}

/**
 * A sum that is saved when the field is left or Enter is pressed; Escape puts it back. What is sent as the sum before is the one that stood there
 * when the field was entered: the table may be read anew meanwhile, and what another person saved is not for this one to overwrite.
 */
function Cell({ label, value, onSave }: { label: string; value: number | null; onSave: (amount: number | null, was: number | null) => void }) {
  const words = useWords(settingsWords).spend;
  const { language } = useLook();
  const [edit, setEdit] = useState<{ readonly text: string; readonly was: number | null } | null>(null);
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const isEntered = edit !== null;
  // The bare sum takes the place of the grouped one, and the mark that a Tab sets is lost with that: what is typed then would be added to the sum.
  useLayoutEffect(() => {
    if (isEntered) input.current?.select();
  }, [isEntered]);
  const plain = numberText(value, language);
  // Grouped to be read, bare to be edited: a comma would divide.
  const text = edit?.text ?? (value === null ? '' : format.number(value, 2));
  const read = edit === null ? value : numberFrom(edit.text);
  const isWrong = read === undefined || (read !== null && read < 0);
  const leave = () => {
    if (edit === null || isWrong) return;
    setEdit(null);
    if (read !== edit.was) onSave(read, edit.was);
  };
  return (
    <input ref={input} type="text" inputMode="decimal" class={isWrong ? 'spend__cell spend__cell_wrong' : 'spend__cell'} aria-label={label} aria-invalid={isWrong || undefined}
      style={{ width: `max(76px, ${text.length}ch + 16px)` }} title={isWrong ? words.wrong : undefined} value={text} placeholder="·" onFocus={() => setEdit({ text: plain, was: value })}
      onInput={(event) => setEdit({ text: event.currentTarget.value, was: edit === null ? value : edit.was })} onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setEdit({ text: plain, was: value });
      }} />
  );
}
