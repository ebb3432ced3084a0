import { useCallback } from 'preact/hooks';
import { useFormat } from '../format';
import { Chart, type ChartLook, type ChartOption, Empty, Figure, Figures, nameAxis, Notice, Page, Section, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Named, Retention as Document, RetentionPoint } from './answers';
import { clientsHref } from './links';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

export default function Retention() {
  const words = useWords(analyticsWords);
  const { retention } = words;
  const query = useQuery<Named<Document>>('/api/analytics/retention');
  return (
    <Page title={retention.title} sentence={retention.sentence}>
      <Analysed query={query}>
        {({ document }) => (
          <>
            {document.curve.length === 0 ? <Empty title={retention.emptyTitle}>{retention.empty}</Empty> : <Curve document={document} />}
            {document.renewals.observed.length > 0 && <Renewals renewals={document.renewals} />}
          </>
        )}
      </Analysed>
    </Page>
  );
}

/** Share still here at a time: the last step not after it. */
export function shareAt(curve: readonly RetentionPoint[], time: number): number {
  return curve.filter((point) => point.time <= time).at(-1)?.share ?? 1;
}

/** The curve month by month, from everybody at the start to the end of what was followed. */
export function monthly(curve: readonly RetentionPoint[], endYears: number): readonly Pick<RetentionPoint, 'share' | 'low' | 'high'>[] {
  return Array.from({ length: Math.floor(endYears * 12 + 1e-9) + 1 }, (_, month) =>
    curve.filter((point) => point.time * 12 <= month + 1e-9).at(-1) ?? { share: 1, low: 1, high: 1 });
}

function Curve({ document }: { document: Document }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { retention } = words;
  const { curve, endYears } = document;
  const first = curve[0]!;
  const option = useCallback((look: ChartLook): ChartOption => {
    const months = monthly(curve, endYears);
    const step = { type: 'line' as const, step: 'end' as const, showSymbol: false };
    return {
      xAxis: {
        ...nameAxis(look, months.map((_, month) => String(month / 12))), boundaryGap: false, name: retention.years, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: look.muted },
        axisLabel: { color: look.muted, fontSize: 12, interval: (month: number) => month % 12 === 0 },
      } as ReturnType<typeof nameAxis>,
      yAxis: { ...valueAxis(look, (value) => format.share(value)), min: 0, max: 1, interval: 0.25 },
      grid: { left: 8, right: 16, top: 16, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: tooltip(look, 'axis', (index) => {
        const point = months[index];
        return point === undefined ? null : {
          title: format.years(index / 12),
          lines: [{ label: retention.share, value: format.share(point.share), colour: look.accent }, { label: retention.band, value: `${format.share(point.low)} – ${format.share(point.high)}`, colour: look.forecast }],
        };
      }),
      // The band is drawn as its low end, unseen, and the rest above it.
      series: [
        { ...step, id: 'low', data: months.map((point) => point.low), stack: 'band', lineStyle: { opacity: 0 }, silent: true },
        { ...step, id: 'band', data: months.map((point) => point.high - point.low), stack: 'band', lineStyle: { opacity: 0 }, areaStyle: { color: look.forecast, opacity: 0.25 }, silent: true },
        { ...step, id: 'share', data: months.map((point) => point.share), lineStyle: { width: 2 }, color: look.accent },
      ],
    };
  }, [curve, endYears, format, retention]);
  return (
    <>
      <Figures>
        {[1, 2, 3].filter((years) => years <= endYears).map((years) => (
          <Figure key={years} size={years === 1 ? 'headline' : 'usual'} label={retention.after(format.years(years))} value={format.share(shareAt(curve, years))}
            explain={{ text: retention.afterText, formula: `S(${years}) = … × (1 − ${first.lost} / ${first.atRisk}) × … = ${format.share(shareAt(curve, years))}` }} />
        ))}
        <Figure label={retention.followed} value={format.count(document.clients, shell.count.clients)} explain={{ text: retention.followedText }} href={clientsHref({ order: 'firstPurchase' })} />
        <Figure label={retention.lost} value={format.count(document.lost, shell.count.clients)} explain={{ text: retention.followedText }} href={clientsHref({ lifecycle: 'lost' })} />
      </Figures>
      <Section title={retention.curve} sentence={`${retention.curveText} ${retention.formula}.`}>
        <Chart title={retention.curve} isTitleHidden height={300} option={option}
          description={`${retention.curve}: ${[1, 2, 3].filter((years) => years <= endYears).map((years) => `${format.years(years)} ${format.share(shareAt(curve, years))}`).join(', ')}`}
          table={{ columns: [retention.years, retention.share, retention.band], rows: curve.map((point) => [format.number(point.time, 2), format.share(point.share), `${format.share(point.low)} – ${format.share(point.high)}`]) }} />
        <FigureTable caption={retention.curve} isCaptionHidden name="retention" rows={curve} rowKey={(point) => point.time}
          columns={[
            { id: 'time', title: retention.years, value: (point) => point.time, cell: (point) => format.number(point.time, 2) },
            { id: 'atRisk', title: retention.atRisk, align: 'right', explain: retention.told.atRisk, value: (point) => point.atRisk, cell: (point) => format.whole(point.atRisk) },
            { id: 'lost', title: retention.lostAt, align: 'right', explain: retention.told.lost, value: (point) => point.lost, cell: (point) => format.whole(point.lost) },
            { id: 'share', title: retention.share, align: 'right', explain: retention.told.share, value: (point) => point.share, cell: (point) => format.share(point.share) },
            { id: 'low', title: retention.band, align: 'right', explain: retention.told.band, value: (point) => point.low, file: (point) => `${point.low} – ${point.high}`, cell: (point) => `${format.share(point.low)} – ${format.share(point.high)}` },
          ]} />
      </Section>
    </>
  );
}

function Renewals({ renewals }: { renewals: Document['renewals'] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { retention } = words;
  const { observed, forecast, holding, model } = renewals;
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, observed.map((row) => retention.renewal(String(row.renewal)))),
    yAxis: { ...valueAxis(look, (value) => format.share(value)), min: 0, max: 1, interval: 0.25 },
    tooltip: tooltip(look, 'axis', (index) => {
      const row = observed[index];
      return row === undefined ? null : {
        title: retention.renewal(String(row.renewal)),
        lines: [
          { label: retention.observed, value: format.share(row.atRisk > 0 ? row.renewed / row.atRisk : null), colour: look.accent },
          ...(row.modelRate === null ? [] : [{ label: retention.model, value: format.share(row.modelRate), colour: look.forecast }]),
          { label: retention.came, value: format.whole(row.atRisk) },
        ],
      };
    }),
    series: [
      { type: 'bar', data: observed.map((row) => (row.atRisk > 0 ? row.renewed / row.atRisk : 0)), color: look.accent, barMaxWidth: 48, itemStyle: { borderRadius: [3, 3, 0, 0] } },
      ...(model === null ? [] : [{ type: 'line' as const, data: observed.map((row) => row.modelRate), color: look.forecast, lineStyle: { type: 'dashed' as const, width: 2 }, symbolSize: 7 }]),
    ],
  }), [observed, model, format, retention]);
  return (
    <Section title={retention.renewals} sentence={`${retention.renewalsText} ${retention.modelText}`}>
      {model === null && <Notice tone="none">{retention.refused}</Notice>}
      <Chart title={retention.renewals} isTitleHidden height={220} option={option}
        description={observed.map((row) => `${retention.renewal(String(row.renewal))}: ${row.renewed} / ${row.atRisk}`).join('; ')}
        table={{
          columns: [retention.renewals, retention.came, retention.renewed, retention.observed, retention.model],
          rows: observed.map((row) => [retention.renewal(String(row.renewal)), format.whole(row.atRisk), format.whole(row.renewed), format.share(row.atRisk > 0 ? row.renewed / row.atRisk : null), format.share(row.modelRate)]),
        }} />
      <FigureTable caption={retention.renewals} isCaptionHidden name="renewals" rows={observed} rowKey={(row) => row.renewal}
        columns={[
          { id: 'renewal', title: retention.renewals, value: (row) => row.renewal, cell: (row) => retention.renewal(String(row.renewal)) },
          { id: 'atRisk', title: retention.came, align: 'right', explain: retention.told.came, value: (row) => row.atRisk, cell: (row) => format.whole(row.atRisk) },
          { id: 'renewed', title: retention.renewed, align: 'right', explain: retention.told.renewed, value: (row) => row.renewed, cell: (row) => format.whole(row.renewed) },
          { id: 'share', title: retention.observed, align: 'right', explain: retention.told.observed, value: (row) => (row.atRisk > 0 ? row.renewed / row.atRisk : null), cell: (row) => format.share(row.atRisk > 0 ? row.renewed / row.atRisk : null) },
          { id: 'model', title: retention.model, align: 'right', explain: retention.told.model, value: (row) => row.modelRate, cell: (row) => format.share(row.modelRate) },
        ]} />
      {forecast.length > 0 && (
        <FigureTable caption={`${retention.forecast}. ${retention.forecastText(format.count(holding, words.genitive.clients))}`} name="renewals-forecast" rows={forecast.map((left, index) => ({ year: index + 1, left }))} rowKey={(row) => row.year}
          columns={[
            { id: 'year', title: retention.forecast, value: (row) => row.year, cell: (row) => retention.forecastRow(String(row.year)) },
            { id: 'left', title: words.clients, align: 'right', explain: retention.told.left, value: (row) => row.left, cell: (row) => format.whole(row.left) },
            { id: 'share', title: retention.share, align: 'right', explain: retention.told.leftShare, value: (row) => row.left / holding, cell: (row) => format.share(holding > 0 ? row.left / holding : null) },
          ]} />
      )}
    </Section>
  );
}
