import type { Language } from '../words/language';

export type Cell = string | number | null | undefined;

const dangerous = /^\s*[=+\-@]|^[\t\r]/;

/** A table as a CSV file that spreadsheets of the language read, and in which no text is a formula. */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[], language: Language): string {
  const separator = language === 'ru' ? ';' : ',';
  const written = (cell: Cell): string => {
    if (cell === null || cell === undefined) return '';
    if (typeof cell === 'number') return quoted(language === 'ru' ? String(cell).replace('.', ',') : String(cell), separator);
    return quoted(dangerous.test(cell) ? `'${cell}` : cell, separator);
  };
  return '\uFEFF' + [columns, ...rows].map((row) => row.map(written).join(separator) + '\r\n').join('');
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Saves what is already on the page: nothing is asked for again. */
export function saveCsv(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[], language: Language): Promise<void> {
  const address = URL.createObjectURL(new Blob([csvText(columns, rows, language)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.csv`;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the file after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return Promise.resolve();
}
