/** What a channel cost in a month. */
export interface Spend {
  readonly channel: string;
  /** First day of the month, `YYYY-MM-DD`. */
  readonly month: string;
  readonly amount: number;
}

export interface SpendTable {
  readonly items: readonly Spend[];
  readonly channels: readonly { readonly name: string; readonly purchases: number }[];
}

/** The table of spend, channel by channel, for some months. */
export interface Grid {
  readonly months: readonly string[];
  readonly rows: readonly { readonly channel: string; readonly cells: readonly (number | null)[]; readonly total: number }[];
  readonly totals: readonly number[];
  readonly total: number;
}

/** Twelve months that end with this one, `YYYY-MM-DD` of any of its days. */
export function monthsUntil(last: string, count = 12): readonly string[] {
  const [year, month] = last.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, index) => {
    const number = year * 12 + (month - 1) - (count - 1 - index);
    return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;
  });
}

/** Moves a month by so many. */
export function monthAfter(month: string, by: number): string {
  return by < 0 ? monthsUntil(month, 1 - by)[0]! : monthsUntil(month, 1).map((first) => {
    const [year, of] = first.split('-').map(Number) as [number, number];
    const number = year * 12 + (of - 1) + by;
    return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}-01`;
  })[0]!;
}

/** Channels with spend in any month, then those that purchases have, then those just added. */
export function gridOf(table: SpendTable, months: readonly string[], extra: readonly string[] = []): Grid {
  const names: string[] = [];
  for (const name of [...table.items.map((item) => item.channel), ...table.channels.map((channel) => channel.name), ...extra]) {
    if (!names.some((known) => known.toUpperCase() === name.toUpperCase())) names.push(name);
  }
  const amountOf = new Map(table.items.map((item) => [`${item.channel.toUpperCase()}\n${item.month}`, item.amount]));
  const rows = names.map((channel) => {
    const cells = months.map((month) => amountOf.get(`${channel.toUpperCase()}\n${month}`) ?? null);
    return { channel, cells, total: sum(cells) };
  });
  const totals = months.map((_, index) => sum(rows.map((row) => row.cells[index] ?? null)));
  return { months, rows, totals, total: sum(totals) };
}

/** The table with one cell changed. */
export function withCell(table: SpendTable, channel: string, month: string, amount: number | null): SpendTable {
  const rest = table.items.filter((item) => item.month !== month || item.channel.toUpperCase() !== channel.toUpperCase());
  return { ...table, items: amount === null ? rest : [...rest, { channel, month, amount }] };
}

function sum(values: readonly (number | null)[]): number {
  // Kopecks: sums of fractions would show what nobody entered.
  return Math.round(values.reduce<number>((all, value) => all + (value ?? 0), 0) * 100) / 100;
}
