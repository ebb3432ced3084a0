import { useLook } from '../app/look';
import { type Query as Filter, withQuery } from '../app/route';
import { useFormat } from '../format';
import { Client, type Column, Empty, ListTable, type Order, Person, State } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import type { ClientItem, ListTotal, Tier } from './answers';
import { lifecycleTone, segmentName, stateOfOne } from './segments';
import { analyticsWords } from './words';

const LIST = '/api/analytics/clients';

/** A client by its name, linked to its card. */
export function ClientName({ scope, id, name }: { scope: number; id: number; name: string | null }) {
  return <Client kind={scope === 1 ? 'company' : 'contact'} id={id} name={name === '' ? null : name} />;
}

export interface ClientTableProps {
  readonly filters: Filter;
  readonly tiers: readonly Tier[];
  readonly order?: Order;
  /** Columns that the question at hand needs beside the usual ones. */
  readonly with?: 'near' | 'cost' | null;
}

/** The clients behind a figure: how many and worth what, one by one, and as a file. */
export function ClientTable({ filters, tiers, order = { by: 'value', isDescending: true }, with: extra = null }: ClientTableProps) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { language } = useLook();
  const { data } = useQuery<ListTotal>(withQuery(LIST, { ...filters, limit: 1 }));
  const total = data?.total ?? null;
  const caption = total === null
    ? words.list.caption
    : words.list.found(format.count(total.count, shell.count.clients), format.headline(total.value));
  return (
    <ListTable<ClientItem> key={JSON.stringify([filters, order])} caption={caption} path={LIST} filters={{ ...filters, language }} columns={useColumns(tiers, extra)}
      rowKey={(row) => `${row.scope}:${row.id}`} order={order} csv={{ path: `${LIST}.csv`, name: 'clients.csv' }}
      empty={<Empty title={words.list.emptyTitle}>{words.list.empty}</Empty>} />
  );
}

function useColumns(tiers: readonly Tier[], extra: ClientTableProps['with']): readonly Column<ClientItem>[] {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { list } = words;
  const { listTold } = words;
  const money = (id: keyof ClientItem & string, title: string, explain: string, of: (row: ClientItem) => number | null): Column<ClientItem> => ({
    id, title, explain, align: 'right', value: of, cell: (row) => <span title={format.exact(of(row))}>{format.money(of(row))}</span>,
  });
  return [
    { id: 'name', title: words.client, value: (row) => row.name, cell: (row) => <ClientName scope={row.scope} id={row.id} name={row.name} /> },
    { id: 'tier', title: list.tier, value: (row) => row.tier, cell: (row) => (row.tier === null ? '–' : segmentName(words, 'tier', row.tier, tiers)) },
    money('value', words.value, listTold.value, (row) => row.value),
    ...(extra === 'near' ? [
      { id: 'missing', title: list.missing, align: 'right', explain: listTold.missing, value: (row) => row.missing, cell: (row) => <>{format.money(row.missing)} <span class="muted">{list.nextTier} {row.nextTier}</span></> },
    ] satisfies Column<ClientItem>[] : []),
    money('historical', list.bought_, listTold.bought, (row) => row.historical),
    { id: 'purchases', title: list.purchases, align: 'right', explain: listTold.purchases, value: (row) => row.purchases, cell: (row) => format.whole(row.purchases) },
    money('averageOrderValue', list.aov, listTold.aov, (row) => row.averageOrderValue),
    {
      id: 'expected', title: list.expected, align: 'right', explain: listTold.expected, value: (row) => row.expected,
      cell: (row) => <span title={row.expectedLow === null ? undefined : format.moneyRange(row.expectedLow, row.expectedHigh)}>{format.expected(row.expected)}</span>,
    },
    { id: 'repeatProbability', title: list.repeat, align: 'right', explain: listTold.repeat, value: (row) => row.repeatProbability, cell: (row) => format.share(row.repeatProbability) },
    ...(extra === 'cost' ? [
      money('cac', list.cac, listTold.cac, (row) => row.cac),
      { id: 'ltvToCac', title: list.ratio, align: 'right', explain: listTold.ratio, value: (row) => row.ltvToCac, cell: (row) => format.rate(row.ltvToCac) },
    ] satisfies Column<ClientItem>[] : []),
    { id: 'lastPurchase', title: list.last, align: 'right', explain: listTold.last, value: (row) => row.lastPurchase, cell: (row) => format.day(row.lastPurchase) },
    {
      id: 'lifecycle', title: list.lifecycle, value: (row) => row.lifecycle,
      cell: (row) => <State tone={lifecycleTone(row.lifecycle)}>{stateOfOne(words, row.lifecycle)}</State>,
    },
    { id: 'manager', title: words.manager, cell: (row) => (row.responsible === null ? '–' : <Person of="users" id={row.responsible} isShort />) },
  ];
}
