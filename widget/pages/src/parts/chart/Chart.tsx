import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useLook } from '../../app/look';
import { asProblem, type ApiProblem } from '../../session/problem';
import { useWords } from '../../words';
import { IconButton } from '../Button';
import { ProblemNotice } from '../ProblemNotice';
import type { Drawing } from './engine';
import { chartLook, paperLook } from './look';
import type { ChartLook, ChartOption } from './style';

export interface Picked {
  readonly series: string;
  readonly seriesId: string;
  readonly name: string;
  readonly index: number;
  readonly value: unknown;
}

/** The same as the picture, in figures: every cell as text. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ChartProps {
  readonly title: string;
  readonly isTitleHidden?: boolean;
  /** What the picture shows, in a sentence, for those who do not see it. */
  readonly description: string;
  /** Made anew for every theme. Keep it the same function while nothing changes (`useCallback`). */
  readonly option: (look: ChartLook) => ChartOption;
  readonly table: ChartTable;
  /** In pixels; kept while the chart is being loaded. */
  readonly height?: number;
  /** A click on a bar, a point or a cell; give the same way by keyboard in the table behind the chart. */
  readonly onPick?: (picked: Picked) => void;
}

/** A picture and, at a click, the same as a table. */
export function Chart({ title, isTitleHidden = false, description, option, table, height = 280, onPick }: ChartProps) {
  const words = useWords();
  const id = useId();
  const [isTable, setTable] = useState(false);
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption class="chart__head">
        <span id={id} class={isTitleHidden ? 'unseen' : 'chart__title'}>{title}</span>
        <IconButton icon={isTable ? 'chart' : 'table'} label={isTable ? words.chart.asChart : words.chart.asTable} onClick={() => setTable(!isTable)} />
      </figcaption>
      {isTable
        ? <Table title={title} table={table} />
        : <Picture description={description} option={option} height={height} onPick={onPick} />}
    </figure>
  );
}

function Picture({ description, option, height, onPick }: { description: string; option: ChartProps['option']; height: number; onPick: ChartProps['onPick'] }) {
  const words = useWords();
  const { theme } = useLook();
  const place = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let isGone = false;
    let started: Drawing | null = null;
    let watch: ResizeObserver | null = null;
    import('./engine').then(({ startDrawing }) => {
      if (isGone || place.current === null) return;
      started = startDrawing(place.current, (picked) => pick.current?.(picked));
      watch = new ResizeObserver(() => started?.resize());
      watch.observe(place.current);
      setProblem(null);
      setDrawing(started);
    }, (error: unknown) => setProblem(asProblem(error)));
    return () => {
      isGone = true;
      watch?.disconnect();
      started?.end();
    };
  }, [turn]);

  useEffect(() => {
    if (drawing === null) return undefined;
    const draw = () => {
      const look = chartLook();
      drawing.draw(option(look), look);
    };
    const print = () => {
      const look = paperLook();
      drawing.draw({ ...option(look), animation: false }, look);
      drawing.scale();
    };
    draw();
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', draw);
    return () => {
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', draw);
    };
  }, [drawing, option, theme]);

  if (problem) return <ProblemNotice problem={problem} onRetry={() => setTurn(turn + 1)} />;
  return (
    <div class="chart__frame" style={{ height: `${height}px` }}>
      {drawing === null && <p class="chart__wait muted">{words.chart.loading}</p>}
      <div ref={place} class={onPick ? 'chart__place chart__place_live' : 'chart__place'} role="img" aria-label={description} />
    </div>
  );
}

function Table({ title, table }: { title: string; table: ChartTable }) {
  return (
    <div class="table__scroll" tabIndex={0} role="region" aria-label={title}>
      <table aria-label={title}>
        <thead><tr>{table.columns.map((column, index) => <th key={index} scope="col" class={index > 0 ? 'right' : undefined}>{column}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>{row.map((cell, index) => (index === 0 ? <th key={index} scope="row">{cell}</th> : <td key={index} class="right">{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
