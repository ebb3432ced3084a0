import type { ComponentChildren } from 'preact';
import { useLook } from '../app/look';
import { type Column, DataTable, type Order } from '../parts';
import { type Cell, saveCsv } from './csv';

/** A column of a table that is here as a whole: sorted here, saved from here. */
export interface FigureColumn<Row> extends Column<Row> {
  /** Its cell in the file; by what it sorts where this is left out. */
  readonly file?: (row: Row) => Cell;
}

export interface FigureTableProps<Row> {
  readonly caption: string;
  /** Where the title above it says the same. */
  readonly isCaptionHidden?: boolean;
  /** Of the file. */
  readonly name: string;
  readonly columns: readonly FigureColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  readonly order?: Order | null;
  readonly empty?: ComponentChildren;
  readonly footer?: Readonly<Record<string, ComponentChildren>>;
  readonly actions?: ComponentChildren;
}

/** A table of figures with its file. */
export function FigureTable<Row>({ name, columns, rows, ...rest }: FigureTableProps<Row>) {
  const { language } = useLook();
  const kept = columns.filter((column) => column.file ?? column.value);
  const download = () => saveCsv(
    name, kept.map((column) => column.title), rows.map((row) => kept.map((column) => (column.file ?? column.value)?.(row))), language);
  return <DataTable {...rest} columns={columns} rows={rows} onDownload={download} />;
}
