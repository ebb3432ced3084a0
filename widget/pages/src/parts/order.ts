/** By which column a list is sorted. */
export interface Order {
  readonly by: string;
  readonly isDescending: boolean;
}

/** The order after a click on a column: large numbers and letters from the front come first, a second click turns it. */
export function nextOrder(now: Order | null, by: string, isNumber: boolean): Order {
  return now?.by === by ? { by, isDescending: !now.isDescending } : { by, isDescending: isNumber };
}

/** `ltv` or `-ltv`, as the address and the API write an order. */
export function orderText(order: Order): string {
  return (order.isDescending ? '-' : '') + order.by;
}

export function orderOf(text: string): Order | null {
  if (text === '' || text === '-') return null;
  return text.startsWith('-') ? { by: text.slice(1), isDescending: true } : { by: text, isDescending: false };
}

/** A sorted copy; what is unknown stays last in both directions, equal rows keep their order. */
export function sorted<Row>(rows: readonly Row[], value: (row: Row) => string | number | null, { isDescending }: Order): readonly Row[] {
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: value(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return a.key === b.key ? 0 : a.key === null ? 1 : -1;
      return sign * compared(a.key, b.key);
    })
    .map(({ row }) => row);
}

function compared(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
}
