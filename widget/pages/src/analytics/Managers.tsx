import { useCallback } from 'preact/hooks';
import { replaceQuery, useRoute } from '../app/route';
import { useFormat } from '../format';
import { Button, Chart, type ChartLook, type ChartOption, Empty, Explain, nameAxis, Page, Person, Section, tooltip, valueAxis } from '../parts';
import { useNames, useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Manager, Managers as Document, Named } from './answers';
import { LeadTable } from './LeadTable';
import { clientsHref, userFilter } from './links';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

const MOST_DRAWN = 15;

export default function Managers() {
  const words = useWords(analyticsWords);
  const { managers } = words;
  const query = useQuery<Named<Document>>('/api/analytics/managers');
  return (
    <Page title={managers.title} sentence={managers.sentence}>
      <Analysed query={query}>
        {({ document, stamp }) => (document.managers.length === 0
          ? <Empty title={managers.emptyTitle}>{managers.empty}</Empty>
          : <Found document={document} basis={stamp.basis} />)}
      </Analysed>
    </Page>
  );
}

function Found({ document, basis }: { document: Document; basis: 'revenue' | 'margin' }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { query } = useRoute();
  const { managers } = words;
  const rows = document.managers;
  const nameOf = useNames('users', rows.map((row) => row.user).filter((user): user is number => user !== null));
  const name = (user: number | null) => (user === null ? words.nobody : nameOf(user) ?? shell.person.user(String(user)));
  const drawn = rows.slice(0, MOST_DRAWN);
  const names = drawn.map((row) => name(row.user));
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: valueAxis(look, (value) => format.headline(value)),
    yAxis: { ...nameAxis(look, names), inverse: true },
    tooltip: tooltip(look, 'axis', (index) => {
      const row = drawn[index];
      return row === undefined ? null : {
        title: names[index] ?? '',
        lines: [{ label: managers.won, value: format.money(row.won.value), colour: look.series[0]! }, { label: managers.holds, value: format.money(row.holds.value), colour: look.series[1]! }],
      };
    }),
    series: [
      { type: 'bar', name: managers.won, data: drawn.map((row) => row.won.value), color: look.series[0]!, barMaxWidth: 12, itemStyle: { borderRadius: [0, 3, 3, 0] } },
      { type: 'bar', name: managers.holds, data: drawn.map((row) => row.holds.value), color: look.series[1]!, barMaxWidth: 12, itemStyle: { borderRadius: [0, 3, 3, 0] } },
    ],
  }), [document, names.join('\n'), format, words]);
  const opened = query['manager'];
  const link = (row: Manager, text: string, filters: Record<string, string> = {}) =>
    <a href={clientsHref({ manager: userFilter(row.user), ...filters })}>{text}</a>;
  return (
    <>
      <Section title={`${managers.chart}: ${managers.period(format.day(document.from), format.day(document.to))}`} sentence={<Legend items={[[managers.won, 1], [managers.holds, 2]]} note={shell.basis[basis]} />}>
        <Chart title={managers.chart} isTitleHidden height={48 + drawn.length * 32} option={option} description={drawn.map((row, index) => `${names[index]}: ${format.headline(row.won.value)}`).join('; ')}
          table={{ columns: [words.manager, managers.won, managers.holds], rows: drawn.map((row, index) => [names[index]!, format.money(row.won.value), format.money(row.holds.value)]) }} />
      </Section>
      <FigureTable<Manager> caption={managers.period(format.day(document.from), format.day(document.to))} isCaptionHidden name="managers" rows={rows} rowKey={(row) => row.user ?? 0} order={{ by: 'won', isDescending: true }}
        columns={[
          { id: 'manager', title: words.manager, value: (row) => name(row.user), file: (row) => (row.user === null ? words.nobody : row.user), cell: (row) => (row.user === null ? words.nobody : <Person of="users" id={row.user} />) },
          {
            id: 'won', title: managers.won, align: 'right', value: (row) => row.won.value, explain: <Explain of={managers.won}>{managers.wonText}</Explain>,
            cell: (row) => <Button look="plain" label={`${format.money(row.won.value)}: ${managers.wonList} ${name(row.user)}`} onClick={() => replaceQuery({ manager: userFilter(row.user) })}>{format.money(row.won.value)}</Button>,
          },
          { id: 'purchases', title: managers.purchases, align: 'right', explain: managers.told.purchases, value: (row) => row.won.purchases, cell: (row) => format.whole(row.won.purchases) },
          {
            id: 'grew', title: managers.grew, align: 'right', value: (row) => row.grew.increase, explain: <Explain of={managers.grew} formula={grewFormula(rows[0]!, format)}>{managers.grewText}</Explain>,
            cell: (row) => format.moneyDifference(row.grew.increase),
          },
          { id: 'fromNew', title: managers.fromNew, align: 'right', explain: managers.told.fromNew, value: (row) => row.grew.fromNewClients, cell: (row) => format.money(row.grew.fromNewClients) },
          { id: 'known', title: managers.known, align: 'right', explain: managers.told.known, value: (row) => row.grew.increaseOfKnownClients, cell: (row) => format.moneyDifference(row.grew.increaseOfKnownClients) },
          {
            id: 'holds', title: managers.holds, align: 'right', value: (row) => row.holds.value, explain: <Explain of={managers.holds}>{managers.holdsText}</Explain>,
            cell: (row) => link(row, format.money(row.holds.value)),
          },
          { id: 'clients', title: words.clients, align: 'right', explain: managers.told.clients, value: (row) => row.holds.clients, cell: (row) => link(row, format.whole(row.holds.clients)) },
          {
            id: 'slipping', title: managers.slipping, align: 'right', value: (row) => row.holds.slippingValue, explain: <Explain of={managers.slipping}>{managers.slippingText}</Explain>,
            cell: (row) => link(row, format.money(row.holds.slippingValue), { lifecycle: 'slipping,dormant' }),
          },
        ]}
        footer={{
          manager: words.total, won: format.money(sum(rows, (row) => row.won.value)), purchases: format.whole(sum(rows, (row) => row.won.purchases)),
          holds: format.money(sum(rows, (row) => row.holds.value)), clients: format.whole(sum(rows, (row) => row.holds.clients)), slipping: format.money(sum(rows, (row) => row.holds.slippingValue)),
        }} />
      {opened !== undefined && (
        <LeadTable title={`${managers.wonList} ${opened === '-' ? words.nobody : name(Number(opened))}`} filters={{ list: 'won', manager: opened }} onClose={() => replaceQuery({ manager: null })} />
      )}
    </>
  );
}

function grewFormula(row: Manager, format: ReturnType<typeof useFormat>): string {
  return `${format.money(row.grew.value)} − ${format.money(row.grew.earlierValue)} = ${format.money(row.grew.increase)}`;
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Direct names of the colours in a picture with two kinds of bars. */
export function Legend({ items, note }: { items: readonly (readonly [name: string, series: number])[]; note?: string }) {
  return (
    <span class="legend">
      {items.map(([name, series]) => <span key={name} class="legend__one"><span class="dot" style={{ background: `var(--series-${series})` }} />{name}</span>)}
      {note !== undefined && <span>· {note}</span>}
    </span>
  );
}
