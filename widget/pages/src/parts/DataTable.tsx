import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useFormat } from '../format';
import { useWords } from '../words';
import { Button } from './Button';
import { Empty } from './Empty';
import { Explain } from './Explain';
import { Icon } from './icons';
import { type Order, nextOrder, sorted } from './order';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Numbers, money, shares and dates stand at the right. */
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => ComponentChildren;
  /** By what the column sorts; without it the column does not sort. Where the service sorts, what it returns is not used. */
  readonly value?: (row: Row) => string | number | null;
  /** Heads the column with an explanation: a sentence, or an `Explain` of its own where it has a formula. */
  readonly explain?: ComponentChildren;
  /** Whether the row is named by this column; the first by default. */
  readonly isName?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table holds: read out, and shown above it unless `isCaptionHidden`. */
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** First order; or, with `onOrder`, the order the service has sorted by. */
  readonly order?: Order | null;
  /** Given: the service sorts. Not given: the rows at hand are sorted here, so all of them should be. */
  readonly onOrder?: (order: Order | null) => void;
  /** Given: a button that brings the next rows. */
  readonly more?: (() => void) | null;
  readonly isLoadingMore?: boolean;
  readonly isLoading?: boolean;
  /** Given: a button that saves the whole list as CSV. */
  readonly onDownload?: (() => Promise<unknown>) | undefined;
  /** In place of the rows when there are none; the table's own sentence by default. */
  readonly empty?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** A last line, of sums for example: a cell by id of the column. */
  readonly footer?: Readonly<Record<string, ComponentChildren>>;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, isCaptionHidden = false, columns, rows, rowKey, onOrder, more, isLoadingMore = false, isLoading = false, onDownload, empty, actions, footer } = props;
  const words = useWords();
  const format = useFormat();
  const id = useId();
  const [ownOrder, setOwnOrder] = useState<Order | null>(props.order ?? null);
  const order = onOrder ? props.order ?? null : ownOrder;
  const sortBy = columns.find((column) => column.id === order?.by);
  const shown = !onOrder && order && sortBy?.value ? sorted(rows, sortBy.value, order) : rows;
  const nameId = (columns.find((column) => column.isName) ?? columns[0])?.id;

  return (
    <div class="table" aria-busy={isLoading}>
      <div class="table__head">
        <p id={id} class={isCaptionHidden ? 'unseen' : 'table__caption'}>{caption}</p>
        {(actions || onDownload) && <div class="page__actions">{actions}{onDownload && rows.length > 0 && <Download onDownload={onDownload} />}</div>}
      </div>
      {rows.length === 0 && !isLoading
        ? empty ?? <Empty title={words.empty.tableTitle}>{words.empty.table}</Empty>
        : (
          <div class="table__scroll" tabIndex={0} role="region" aria-labelledby={id}>
            <table class={isLoading ? 'loaded__old' : undefined} aria-labelledby={id}>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <Head key={column.id} column={column} order={order} onSort={(next) => (onOrder ?? setOwnOrder)(next)} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <tr key={rowKey(row)}>
                    {columns.map((column) => (column.id === nameId
                      ? <th key={column.id} scope="row" class={sideOf(column)}>{column.cell(row)}</th>
                      : <td key={column.id} class={sideOf(column)}>{column.cell(row)}</td>))}
                  </tr>
                ))}
              </tbody>
              {footer && (
                <tfoot>
                  <tr>{columns.map((column) => <td key={column.id} class={sideOf(column)}>{footer[column.id]}</td>)}</tr>
                </tfoot>
              )}
            </table>
          </div>
        )}
      {rows.length > 0 && more !== undefined && (
        <div class="table__foot">
          <span class="muted" role="status">{words.table.shown(format.whole(rows.length))}</span>
          {more && <Button onClick={more} isBusy={isLoadingMore}>{isLoadingMore ? words.loading : words.table.more}</Button>}
        </div>
      )}
    </div>
  );
}

function sideOf(column: { readonly align?: 'left' | 'right' }): string | undefined {
  return column.align === 'right' ? 'right' : undefined;
}

function Head<Row>({ column, order, onSort }: { column: Column<Row>; order: Order | null; onSort: (order: Order | null) => void }) {
  const words = useWords();
  const isBy = order?.by === column.id;
  const next = nextOrder(order, column.id, column.align === 'right');
  const says = next.isDescending ? words.table.sortDescending(column.title) : words.table.sortAscending(column.title);
  return (
    <th scope="col" class={sideOf(column)} aria-sort={isBy ? (order.isDescending ? 'descending' : 'ascending') : undefined}>
      <span class="table__title">
        {column.value
          ? (
            <button type="button" class={isBy ? 'table__sort table__sort_on' : 'table__sort'} title={says} onClick={() => onSort(next)}>
              <span>{column.title}</span>
              <Icon name={isBy ? (order.isDescending ? 'down' : 'up') : 'sort'} size={12} />
            </button>
          )
          : column.title}
        {typeof column.explain === 'string' ? <Explain of={column.title}>{column.explain}</Explain> : column.explain}
      </span>
    </th>
  );
}

function Download({ onDownload }: { onDownload: () => Promise<unknown> }) {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    onDownload().finally(() => setBusy(false)).catch(() => undefined);
  };
  return <Button icon="download" isBusy={isBusy} onClick={start}>{isBusy ? words.table.downloading : words.table.download}</Button>;
}
