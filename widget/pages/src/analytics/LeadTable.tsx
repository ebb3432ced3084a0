import { useLook } from '../app/look';
import { type Query as Filter, withQuery } from '../app/route';
import { useFormat } from '../format';
import { Button, type Column, CrmLink, Empty, ListTable, Person } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import type { LeadItem, ListTotal } from './answers';
import { ClientName } from './ClientTable';
import { analyticsWords } from './words';

const LIST = '/api/analytics/leads';

export interface LeadTableProps {
  readonly title: string;
  /** `list=lost&stage=…`, `list=noAmount`, `list=won&manager=…`. */
  readonly filters: Filter;
  readonly onClose?: () => void;
}

/** The leads behind a figure: how many and for what, one by one, and as a file. */
export function LeadTable({ title, filters, onClose }: LeadTableProps) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { language } = useLook();
  const { data } = useQuery<ListTotal>(withQuery(LIST, { ...filters, limit: 1 }));
  const total = data?.total ?? null;
  const found = total === null ? '' : `: ${words.leads.found(format.count(total.count, shell.count.leads), format.headline(total.value))}`;
  const isLost = filters['list'] === 'lost';
  return (
    <ListTable<LeadItem> key={JSON.stringify(filters)} caption={title + found} path={LIST} filters={{ ...filters, language }} columns={useColumns(isLost)}
      rowKey={(row) => row.id} order={{ by: isLost || filters['list'] === 'won' ? 'day' : 'id', isDescending: true }} csv={{ path: `${LIST}.csv`, name: 'leads.csv' }}
      empty={<Empty title={words.leads.emptyTitle}>{words.leads.empty}</Empty>}
      actions={onClose && <Button look="plain" onClick={onClose}>{words.leads.close}</Button>} />
  );
}

function useColumns(isLost: boolean): readonly Column<LeadItem>[] {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { leads } = words;
  return [
    { id: 'id', title: leads.lead, value: (row) => row.id, cell: (row) => <CrmLink entity="leads" id={row.id}>{leads.number(String(row.id))}</CrmLink> },
    { id: 'day', title: leads.day, align: 'right', explain: words.listTold.day, value: (row) => row.day, cell: (row) => format.day(row.day) },
    { id: 'amount', title: leads.amount, align: 'right', explain: words.listTold.amount, value: (row) => row.amount, cell: (row) => format.money(row.amount) },
    {
      id: 'client', title: words.client,
      cell: (row) => (row.clientId === null || row.clientScope === null ? '–' : <ClientName scope={row.clientScope} id={row.clientId} name={row.clientName} />),
    },
    { id: 'clientValue', title: leads.clientValue, align: 'right', explain: words.listTold.clientValue, cell: (row) => format.money(row.clientValue) },
    { id: 'stage', title: leads.stage, cell: (row) => [row.pipeline, row.stage].filter((part) => part !== null).join(' · ') || '–' },
    ...(isLost ? [{ id: 'reason', title: leads.reason, cell: (row: LeadItem) => row.lossReason ?? words.losses.noReason }] : []),
    { id: 'manager', title: words.manager, cell: (row) => (row.responsible === null ? '–' : <Person of="users" id={row.responsible} isShort />) },
  ];
}
