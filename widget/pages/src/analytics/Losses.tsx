import { useCallback } from 'preact/hooks';
import { replaceQuery, useRoute } from '../app/route';
import { useFormat } from '../format';
import { Button, Chart, type ChartLook, type ChartOption, Empty, Explain, Figure, Figures, nameAxis, Page, Section, tooltip, valueAxis } from '../parts';
import { type Basis, useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { AccountNames, Loss, Losses as Document, Named } from './answers';
import { LeadTable } from './LeadTable';
import { FigureTable } from './Table';
import { type AnalyticsWords, analyticsWords } from './words';

export default function Losses() {
  const words = useWords(analyticsWords);
  const query = useQuery<Named<Document>>('/api/analytics/losses');
  return (
    <Page title={words.losses.title} sentence={words.losses.sentence}>
      <Analysed query={query}>
        {({ document, names, stamp }) => (document.leads === 0
          ? <Empty title={words.losses.emptyTitle}>{words.losses.empty}</Empty>
          : <Found document={document} names={names} basis={stamp.basis} />)}
      </Analysed>
    </Page>
  );
}

/** A stage in words: its pipeline first, since stages of one name stand in several. */
export function stageName(words: AnalyticsWords, names: AccountNames | null, stage: Loss['stage']): string {
  if (stage === null) return words.losses.unseen;
  const name = names?.stages[`${stage.pipeline}:${stage.status}`] ?? `#${stage.status}`;
  return `${names?.pipelines[String(stage.pipeline)] ?? `#${stage.pipeline}`} · ${name}`;
}

function stageFilter(stage: Loss['stage']): string {
  return stage === null ? '-' : `${stage.pipeline}:${stage.status}`;
}

function Found({ document, names, basis }: { document: Document; names: AccountNames | null; basis: Basis }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { query } = useRoute();
  const { losses } = words;
  const reasonName = (reason: number | null) => (reason === null ? losses.noReason : names?.lossReasons[String(reason)] ?? `#${reason}`);
  const drawn = document.losses.byStage.slice(0, 12);
  const drawnNames = drawn.map((row) => stageName(words, names, row.stage));
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: valueAxis(look, (value) => format.headline(value)),
    yAxis: { ...nameAxis(look, drawnNames), inverse: true, axisLabel: { color: look.muted, width: 240, overflow: 'truncate' } },
    tooltip: tooltip(look, 'axis', (index) => {
      const row = drawn[index];
      return row === undefined ? null : {
        title: drawnNames[index] ?? '',
        lines: [{ label: losses.weight, value: format.money(row.weight), colour: look.risk }, { label: losses.leads, value: format.whole(row.leads) }, { label: losses.amount, value: format.money(row.amount) }],
      };
    }),
    series: [{ type: 'bar', data: drawn.map((row) => row.weight), color: look.risk, barMaxWidth: 16, itemStyle: { borderRadius: [0, 3, 3, 0] } }],
  }), [document, names, format, words]);
  const weight = document.losses.byStage.reduce((sum, row) => sum + row.weight, 0);
  const opened = query['stage'] ?? query['lossReason'] ?? query['list'];
  const openedName = query['stage'] !== undefined
    ? drawnNames[document.losses.byStage.findIndex((row) => stageFilter(row.stage) === query['stage'])] ?? query['stage']
    : query['lossReason'] !== undefined ? reasonName(query['lossReason'] === '-' ? null : Number(query['lossReason'])) : losses.everyone;
  const open = (change: Record<string, string | null>) => replaceQuery({ stage: null, lossReason: null, list: null, ...change });
  return (
    <>
      <Figures>
        <Figure size="headline" label={losses.lost} value={format.whole(document.leads)} explain={{ text: losses.lostText }} href="#/analytics/losses?list=all"
          note={`${format.day(document.from)} – ${format.day(document.to)}`} />
        <Figure size="headline" label={losses.weight} basis={shell.basis[basis]} value={format.headline(weight)} exact={format.exact(weight)} explain={{ text: losses.weightText }} href="#/analytics/losses?list=all" />
        <Figure label={losses.seen} value={format.share(document.leadsWithStage / document.leads)} explain={{ text: losses.seenText, formula: `${format.whole(document.leadsWithStage)} / ${format.whole(document.leads)}` }} />
      </Figures>
      <Section title={losses.chart} sentence={losses.weightText}>
        <Chart title={losses.chart} isTitleHidden height={40 + drawn.length * 28} option={option} onPick={({ index }) => drawn[index] && open({ stage: stageFilter(drawn[index].stage) })}
          description={drawn.map((row, index) => `${drawnNames[index]}: ${format.headline(row.weight)}`).join('; ')}
          table={{ columns: [losses.stage, losses.weight, losses.leads], rows: drawn.map((row, index) => [drawnNames[index]!, format.money(row.weight), format.whole(row.leads)]) }} />
      </Section>
      <LossTable caption={losses.byStage} title={losses.stage} rows={document.losses.byStage} keyOf={(row) => stageFilter(row.stage)} nameOf={(row) => stageName(words, names, row.stage)} onOpen={(row) => open({ stage: stageFilter(row.stage) })} />
      <LossTable caption={losses.byReason} title={losses.reason} rows={document.losses.byReason} keyOf={(row) => row.reason ?? '-'} nameOf={(row) => reasonName(row.reason)} onOpen={(row) => open({ lossReason: row.reason === null ? '-' : String(row.reason) })} />
      {opened !== undefined && (
        <LeadTable title={`${losses.list}. ${openedName}`} filters={{ list: 'lost', stage: query['stage'], lossReason: query['lossReason'] }} onClose={() => open({})} />
      )}
    </>
  );
}

interface LossTableProps {
  readonly caption: string;
  readonly title: string;
  readonly rows: readonly Loss[];
  readonly keyOf: (row: Loss) => string | number;
  readonly nameOf: (row: Loss) => string;
  readonly onOpen: (row: Loss) => void;
}

function LossTable({ caption, title, rows, keyOf, nameOf, onOpen }: LossTableProps) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { losses } = words;
  return (
    <FigureTable<Loss> caption={caption} name={`losses-${title}`} rows={rows} rowKey={keyOf}
      columns={[
        { id: 'name', title, value: nameOf, cell: nameOf },
        {
          id: 'leads', title: losses.leads, align: 'right', explain: losses.told.leads, value: (row) => row.leads,
          cell: (row) => <Button look="plain" label={`${format.whole(row.leads)}: ${words.openList}, ${nameOf(row)}`} onClick={() => onOpen(row)}>{format.whole(row.leads)}</Button>,
        },
        { id: 'amount', title: losses.amount, align: 'right', explain: losses.told.amount, value: (row) => row.amount, cell: (row) => format.money(row.amount) },
        { id: 'clients', title: losses.clients, align: 'right', explain: losses.told.clients, value: (row) => row.clients, cell: (row) => format.whole(row.clients) },
        { id: 'weight', title: losses.weight, align: 'right', value: (row) => row.weight, cell: (row) => format.money(row.weight), explain: <Explain of={losses.weight}>{losses.weightText}</Explain> },
        { id: 'share', title: losses.share, align: 'right', explain: losses.told.share, value: (row) => row.share, cell: (row) => format.share(row.share) },
      ]} />
  );
}
