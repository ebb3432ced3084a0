import { useCallback, useState } from 'preact/hooks';
import { useFormat } from '../format';
import { Chart, type ChartLook, type ChartOption, Empty, Explain, nameAxis, Notice, Page, Section, Slider, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Channel, Channels as Answer } from './answers';
import { atTarget } from './channel-figures';
import { channelFilter, clientsHref } from './links';
import { Legend } from './Managers';
import { type FigureColumn, FigureTable } from './Table';
import { analyticsWords } from './words';

export default function Channels() {
  const words = useWords(analyticsWords);
  const { channels } = words;
  const query = useQuery<Answer>('/api/analytics/channels');
  return (
    <Page title={channels.title} sentence={channels.sentence}>
      <Analysed query={query}>
        {(answer) => (answer.channel === 'none' || answer.document.channels.length === 0
          ? <Empty title={channels.off}>{channels.offText}</Empty>
          : <Found answer={answer} />)}
      </Analysed>
    </Page>
  );
}

function Found({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { channels } = words;
  const today = answer.document.targetRatio;
  const [target, setTarget] = useState(today);
  const rows = answer.document.channels;
  const name = (row: Channel) => row.channel ?? channels.without;
  const hasCac = rows.some((row) => row.cac !== null);
  const drawn = rows.slice(0, 15);
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, drawn.map(name)),
    yAxis: valueAxis(look, (value) => format.headline(value)),
    tooltip: tooltip(look, 'axis', (index) => {
      const row = drawn[index];
      return row === undefined ? null : {
        title: name(row),
        lines: [
          { label: channels.ltv, value: format.money(row.ltv.mean), colour: look.series[0]! },
          ...(row.cac === null ? [] : [{ label: channels.cac, value: format.money(row.cac), colour: look.series[2]! }]),
          { label: words.clients, value: format.whole(row.clients) },
        ],
      };
    }),
    series: [
      { type: 'bar', data: drawn.map((row) => row.ltv.mean), color: look.series[0]!, barMaxWidth: 40, itemStyle: { borderRadius: [3, 3, 0, 0] } },
      ...(hasCac ? [{ type: 'scatter' as const, data: drawn.map((row) => row.cac), color: look.series[2]!, symbolSize: 10 }] : []),
    ],
  }), [answer, format, words]);
  const example = rows.find((row) => row.clients > 0);
  return (
    <>
      {!hasCac && <Notice tone="none">{channels.noCac}</Notice>}
      <Section title={channels.chart} sentence={hasCac ? <Legend items={[[channels.ltv, 1], [channels.cac, 3]]} note={shell.basis[answer.stamp.basis]} /> : shell.basis[answer.stamp.basis]}>
        <Chart title={channels.chart} isTitleHidden height={260} option={option} description={drawn.map((row) => `${name(row)}: ${format.headline(row.ltv.mean)}`).join('; ')}
          table={{ columns: [channels.channel, channels.ltv, channels.cac], rows: drawn.map((row) => [name(row), format.money(row.ltv.mean), format.money(row.cac)]) }} />
      </Section>
      <div class="narrow">
        <Slider label={channels.target} value={target} least={0.5} most={10} step={0.1} text={format.number(target, 1)} today={answer.document.targetRatio} onChange={setTarget} />
      </div>
      <FigureTable<Channel> caption={channels.title} isCaptionHidden name="channels" rows={rows} rowKey={(row) => row.channel ?? ''} columns={useColumns(name, target, today, hasCac, example)}
        footer={{
          channel: words.total, clients: format.whole(rows.reduce((sum, row) => sum + row.clients, 0)), value: format.money(rows.reduce((sum, row) => sum + row.value, 0)),
          headroom: format.money(rows.reduce((sum, row) => sum + (atTarget(row, target, today).headroom ?? 0), 0)),
        }} />
    </>
  );
}

function useColumns(name: (row: Channel) => string, target: number, today: number, hasCac: boolean, example: Channel | undefined): readonly FigureColumn<Channel>[] {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { channels } = words;
  const money = (id: string, title: string, of: (row: Channel) => number | null, text: string, formula?: string): FigureColumn<Channel> => ({
    id, title, align: 'right', value: of, cell: (row) => <span title={format.exact(of(row))}>{format.money(of(row))}</span>,
    explain: <Explain of={title} formula={formula}>{text}</Explain>,
  });
  return [
    { id: 'channel', title: channels.channel, value: name, cell: (row) => <a href={clientsHref({ channel: channelFilter(row.channel) })}>{name(row)}</a> },
    { id: 'clients', title: words.clients, align: 'right', explain: words.told.clients, value: (row) => row.clients, cell: (row) => format.whole(row.clients) },
    money('value', words.value, (row) => row.value, words.told.value),
    {
      ...money('ltv', channels.ltv, (row) => row.ltv.mean, channels.ltvText, example && `${format.money(example.value)} / ${format.whole(example.clients)} = ${format.money(example.ltv.mean)}`),
      cell: (row) => <>{format.money(row.ltv.mean)}{row.ltv.interval && <span class="muted cell-note">{format.headline(row.ltv.interval.low)} – {format.headline(row.ltv.interval.high)}</span>}</>,
    },
    ...(hasCac ? [
      {
        ...money('cac', channels.cac, (row) => row.cac, channels.cacText),
        cell: (row: Channel) => (row.cac === null ? '–' : <a href={clientsHref({ channel: channelFilter(row.channel), acquired: true, order: '-cac' })}>{format.money(row.cac)}</a>),
      },
      { id: 'ratio', title: channels.ratio, align: 'right' as const, value: (row: Channel) => row.ltvToCac, cell: (row: Channel) => format.rate(row.ltvToCac), explain: <Explain of={channels.ratio}>{channels.ratioText}</Explain> },
      {
        id: 'payback', title: channels.payback, align: 'right' as const, value: (row: Channel) => row.paybackMonths, explain: <Explain of={channels.payback}>{channels.paybackText}</Explain>,
        cell: (row: Channel) => (row.paybackMonths === null ? (row.clientsWithCac > 0 ? <span class="muted">{channels.notPaid}</span> : '–') : row.paybackMonths === 0 ? channels.atOnce : format.months(row.paybackMonths)),
      },
    ] : []),
    money('allowable', channels.allowable, (row) => atTarget(row, target, today).allowableCac, channels.allowableText,
      example && channels.allowableFormula(format.money(example.ltv.mean), format.number(target, 1), format.money(atTarget(example, target, today).allowableCac))),
    money('prudent', channels.prudent, (row) => atTarget(row, target, today).prudentCac, channels.prudentText),
    ...(hasCac ? [
      {
        ...money('headroom', channels.headroom, (row) => atTarget(row, target, today).headroom, channels.headroomText),
        cell: (row: Channel) => {
          const { headroom } = atTarget(row, target, today);
          return <span class={headroom !== null && headroom < 0 ? 'tone_risk' : undefined} title={format.exact(headroom)}>{format.money(headroom)}</span>;
        },
      },
      money('spend', channels.spend, (row) => row.spend, channels.told.spend),
    ] : []),
  ];
}
