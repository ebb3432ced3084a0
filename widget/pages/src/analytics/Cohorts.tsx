import { useCallback, useState } from 'preact/hooks';
import { useFilter } from '../app/route';
import { useFormat } from '../format';
import { Button, Chart, type ChartLook, type ChartOption, Choice, Empty, Explain, nameAxis, Page, Section, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Cohort, Cohorts as Answer } from './answers';
import { activeShares, cellOf, cumulativeByYear, type Measure } from './cohort-figures';
import { useLook } from '../app/look';
import { saveCsv } from './csv';
import { clientsHref, periodText } from './links';
import { heatOf } from './Segments';
import { analyticsWords } from './words';

const FIRST_SHOWN = 18;

export default function Cohorts() {
  const words = useWords(analyticsWords);
  const { cohorts } = words;
  const [period, setPeriod] = useFilter('period', 'month');
  const query = useQuery<Answer>(`/api/analytics/cohorts?period=${period === 'quarter' ? 'quarter' : 'month'}`);
  return (
    <Page title={cohorts.title} sentence={cohorts.sentence}
      actions={<Choice label={cohorts.cohort} value={period === 'quarter' ? 'quarter' : 'month'} onChange={setPeriod}
        options={[{ value: 'month', title: cohorts.month }, { value: 'quarter', title: cohorts.quarter }]} />}>
      <Analysed query={query}>
        {(answer) => (answer.cohorts.length === 0
          ? <Empty title={cohorts.emptyTitle}>{cohorts.empty}</Empty>
          : (
            <>
              <Heat answer={answer} />
              <Curve answer={answer} />
              <Money answer={answer} />
            </>
          ))}
      </Analysed>
    </Page>
  );
}

function Heat({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { language } = useLook();
  const { cohorts } = words;
  const [measure, setMeasure] = useFilter('measure', 'share');
  const [isWhole, setWhole] = useState(false);
  const chosen = (['share', 'clients', 'money', 'cumulative'] as const).find((one) => one === measure) ?? 'share';
  const rows = isWhole ? answer.cohorts : answer.cohorts.slice(-FIRST_SHOWN);
  const periods = Math.min(isWhole ? Infinity : FIRST_SHOWN, Math.max(...rows.map((cohort) => cohort.active.length)));
  // The first period is everybody's: it would take all the colour.
  const from = chosen === 'cumulative' ? 0 : 1;
  const most = Math.max(0, ...rows.flatMap((cohort) => cohort.active.slice(0, periods).map((_, index) => (index < from ? 0 : cellOf(cohort, index, chosen) ?? 0))));
  const say = (value: number) => (chosen === 'share' ? format.share(value) : chosen === 'clients' ? format.whole(value) : format.headline(value));
  const name = (cohort: Cohort) => (answer.period === 'month' ? format.month(cohort.start) : format.quarter(cohort.start));
  const largest = [...answer.cohorts].sort((a, b) => b.clients - a.clients)[0]!;
  const download = () => saveCsv(`cohorts-${answer.period}-${chosen}`,
    [cohorts.cohort, cohorts.size, ...Array.from({ length: answer.cohorts[0]!.active.length }, (_, index) => cohorts.period(String(index)))],
    answer.cohorts.map((cohort) => [cohort.start, cohort.clients, ...cohort.active.map((_, index) => cellOf(cohort, index, chosen))]), language);
  return (
    <Section title={cohorts.heat} sentence={cohorts.heatText}
      actions={(
        <>
          <Choice<Measure> label={cohorts.measure} value={chosen} onChange={setMeasure}
            options={(['share', 'clients', 'money', 'cumulative'] as const).map((value) => ({ value, title: cohorts[value] }))} />
          <Explain of={cohorts.cohort}
            formula={largest.active.length > 1 ? cohorts.explainFormula(format.whole(largest.active[1]), format.whole(largest.clients), format.share(cellOf(largest, 1, 'share'))) : undefined}>
            {cohorts.explain}
          </Explain>
          <Button icon="download" onClick={() => void download()}>{shell.table.download}</Button>
        </>
      )}>
      <div class="table__scroll" tabIndex={0} role="region" aria-label={cohorts.heat}>
        <table class="heat" aria-label={cohorts.heat}>
          <thead>
            <tr>
              <th scope="col">{cohorts.cohort}</th>
              <th scope="col" class="right">{cohorts.size}</th>
              {Array.from({ length: periods }, (_, index) => <th key={index} scope="col" class="right">{index}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((cohort) => {
              const filter = periodText(cohort.start, answer.period);
              return (
                <tr key={cohort.start}>
                  <th scope="row">{name(cohort)}</th>
                  <td class="right"><a href={clientsHref({ cohort: filter })}>{format.whole(cohort.clients)}</a></td>
                  {Array.from({ length: periods }, (_, index) => {
                    const value = cellOf(cohort, index, chosen);
                    if (value === null) return <td key={index} />;
                    const step = index < from ? 0 : heatOf(value, most);
                    return (
                      <td key={index} class={`heat__cell heat-${step}`}>
                        {value === 0
                          ? <span aria-hidden="true">·</span>
                          : (
                            <a href={clientsHref({ cohort: filter, bought: periodText(cohort.start, answer.period, index) })}
                              aria-label={cohorts.cell(name(cohort), String(index), say(value))}>{say(value)}</a>
                          )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {answer.cohorts.length > FIRST_SHOWN && !isWhole && (
        <p class="muted">{cohorts.shown(format.whole(FIRST_SHOWN))} <Button look="plain" onClick={() => setWhole(true)}>{cohorts.showAll}</Button></p>
      )}
    </Section>
  );
}

function Curve({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { cohorts } = words;
  const shares = activeShares(answer.cohorts).slice(1);
  const names = shares.map((_, index) => cohorts.period(String(index + 1)));
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, names),
    yAxis: valueAxis(look, (value) => format.share(value)),
    tooltip: tooltip(look, 'axis', (index) => {
      const at = shares[index];
      return at === undefined ? null : {
        title: names[index] ?? '',
        lines: [{ label: cohorts.share, value: format.share(at.share), colour: look.accent }, { label: words.clients, value: format.whole(at.clients) }],
      };
    }),
    series: [{ type: 'line', data: shares.map((at) => at.share), showSymbol: false, lineStyle: { width: 2 }, color: look.accent, areaStyle: { opacity: 0.08 } }],
  }), [answer, format, words]);
  if (shares.length === 0) return null;
  return (
    <Section title={cohorts.curve} sentence={cohorts.curveText}>
      <Chart title={cohorts.curve} isTitleHidden height={220} option={option}
        description={`${cohorts.curve}: ${names[0]} ${format.share(shares[0]!.share)}, ${names.at(-1)} ${format.share(shares.at(-1)!.share)}`}
        table={{ columns: [cohorts.cohort, cohorts.share, words.clients], rows: shares.map((at, index) => [names[index]!, format.share(at.share), format.whole(at.clients)]) }} />
    </Section>
  );
}

function Money({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { cohorts } = words;
  const years = cumulativeByYear(answer.cohorts).filter(({ values }) => values.length > 1).slice(-6);
  const longest = Math.max(0, ...years.map(({ values }) => values.length));
  const names = Array.from({ length: longest }, (_, index) => cohorts.period(String(index)));
  const option = useCallback((look: ChartLook): ChartOption => ({
    grid: { left: 8, right: 56, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: nameAxis(look, names),
    yAxis: valueAxis(look, (value) => format.headline(value)),
    tooltip: tooltip(look, 'axis', (index) => ({
      title: names[index] ?? '',
      lines: years.flatMap(({ year, values }, at) => (values[index] === undefined ? [] : [{ label: year, value: format.money(values[index]), colour: look.series[at % look.series.length]! }])),
    })),
    series: years.map(({ year, values }, at) => ({
      type: 'line' as const, name: year, data: [...values], showSymbol: false, lineStyle: { width: 2 }, color: look.series[at % look.series.length]!,
      endLabel: { show: true, formatter: year, color: look.series[at % look.series.length]! },
    })),
  }), [answer, format, words]);
  if (longest < 2) return null;
  return (
    <Section title={cohorts.money_} sentence={cohorts.moneyText}>
      <Chart title={cohorts.money_} isTitleHidden option={option} height={260}
        description={years.map(({ year, values }) => `${cohorts.year(year)}: ${format.headline(values.at(-1))}`).join('; ')}
        table={{
          columns: [cohorts.cohort, ...years.map(({ year }) => year)],
          rows: names.map((name, index) => [name, ...years.map(({ values }) => format.money(values[index]))]),
        }} />
    </Section>
  );
}
