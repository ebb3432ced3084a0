import { useCallback } from 'preact/hooks';
import { useLook } from '../app/look';
import { useFormat } from '../format';
import { Chart, type ChartLook, type ChartOption, Empty, Explain, Figure, Figures, nameAxis, Notice, Page, Section, State, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Forecast as Answer, HoldoutErrors, LearnedForecast, SeriesScore } from './answers';
import { GradeLine, GradeTable, MoneyLine, moneyTest } from './Grades';
import { clientsHref } from './links';
import { methodName } from './methods';
import { Scenario } from './Scenario';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

const MONTHS_SHOWN = 36;

export default function Forecast() {
  const words = useWords(analyticsWords);
  const query = useQuery<Answer>('/api/analytics/forecast');
  return (
    <Page title={words.forecast.title} sentence={words.forecast.sentence}>
      <Analysed query={query}>
        {(answer) => (
          <>
            <Numbers answer={answer} />
            {answer.series.forecast.length === 0
              ? <Empty title={words.forecast.noSeriesTitle}>{words.forecast.noSeries}</Empty>
              : <Months series={answer.series} />}
            <Scenario inputs={answer.scenario.inputs} basis={answer.stamp.basis} />
            <Seasons series={answer.series} />
            {answer.series.scores.length > 0 && <Methods scores={answer.series.scores} chosen={answer.series.method} />}
            {answer.clients && <ClientMethods learned={answer.clients} />}
          </>
        )}
      </Analysed>
    </Page>
  );
}

function Numbers({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { forecast } = words;
  const year = answer.series.forecast.slice(0, 12);
  const next = year.length === 12 ? year.reduce((sum, month) => sum + month.expected, 0) : null;
  // On one basis and for one length alone can the two be compared.
  const isAbove = next !== null && answer.expected !== null && answer.stamp.basis === 'revenue' && answer.horizon?.months === 12 && answer.expected > next;
  const refusal = answer.clients?.refusal ?? null;
  return (
    <>
      {refusal && <Notice tone="none">{forecast.refusals[refusal.reason](format.whole(refusal.have), format.whole(refusal.need))}</Notice>}
      <Figures>
        <Figure size="headline" label={forecast.next12} basis={shell.basis.revenue} value={next === null ? null : format.headline(next)} exact={format.exact(next)} explain={{ text: forecast.next12Text }} />
        <Figure size="headline" label={forecast.byClients(format.months(answer.horizon?.months ?? 12))} basis={shell.basis[answer.stamp.basis]}
          value={answer.expected === null ? null : format.headline(answer.expected)} exact={format.exact(answer.expected)} explain={{ text: forecast.byClientsText }}
          note={answer.horizon?.isCut === true ? forecast.cut(format.count(answer.horizon.days, shell.count.days)) : isAbove ? forecast.byClientsAbove : undefined}
          href={clientsHref({ forecast: true, order: '-expected' })} />
        <div class="figure figure_usual" role="group" aria-label={words.overview.grade}>
          <div class="figure__label"><span>{words.overview.grade}</span><Explain of={words.overview.grade}>{words.overview.gradeText}</Explain></div>
          <MoneyLine learned={answer.clients} />
          <GradeLine calibration={answer.clients?.calibration ?? null} grades={answer.clients?.backtest?.grades ?? []} />
        </div>
      </Figures>
    </>
  );
}

function Months({ series }: { series: Answer['series'] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { forecast } = words;
  const past = series.months.slice(-MONTHS_SHOWN);
  const names = [...past.map((month) => format.month(month.month)), ...series.forecast.map((month) => format.month(month.month))];
  const option = useCallback((look: ChartLook): ChartOption => {
    const gap = past.map(() => null);
    const last = past.at(-1)?.revenue ?? null;
    // The forecast begins where the facts end, so that the line does not break.
    const ahead = (of: (month: Answer['series']['forecast'][number]) => number) => [...gap.slice(0, -1), last, ...series.forecast.map(of)];
    return {
      xAxis: { ...nameAxis(look, names), boundaryGap: false } as ReturnType<typeof nameAxis>,
      yAxis: valueAxis(look, (value) => format.headline(value)),
      tooltip: tooltip(look, 'axis', (index) => {
        const fact = past[index];
        const month = series.forecast[index - past.length];
        return {
          title: names[index] ?? '',
          lines: fact
            ? [{ label: forecast.fact, value: format.money(fact.revenue), colour: look.accent }, { label: forecast.purchases, value: format.whole(fact.purchases) }]
            : month
              ? [{ label: forecast.expected, value: format.money(month.expected), colour: look.forecast }, { label: forecast.range, value: format.moneyRange(month.low, month.high) }]
              : [],
        };
      }),
      series: [
        { type: 'line', id: 'low', data: ahead((month) => month.low), stack: 'band', showSymbol: false, lineStyle: { opacity: 0 }, silent: true },
        {
          type: 'line', id: 'band', data: [...gap.slice(0, -1), 0, ...series.forecast.map((month) => month.high - month.low)], stack: 'band', stackStrategy: 'all', showSymbol: false,
          lineStyle: { opacity: 0 }, areaStyle: { color: look.forecast, opacity: 0.25 }, silent: true,
        },
        { type: 'line', id: 'expected', data: ahead((month) => month.expected), showSymbol: false, color: look.forecast, lineStyle: { type: 'dashed', width: 2 } },
        { type: 'line', id: 'fact', data: [...past.map((month) => month.revenue), ...series.forecast.map(() => null)], showSymbol: false, color: look.accent, lineStyle: { width: 2 } },
      ],
    };
  }, [series, format, words]);
  const rows = [
    ...past.map((month) => ({ ...month, isFact: true as const })),
    ...series.forecast.map((month) => ({ ...month, isFact: false as const })),
  ];
  return (
    <Section title={forecast.chart} sentence={forecast.chartText}>
      <Chart title={forecast.chart} isTitleHidden height={300} option={option} description={`${forecast.chart}: ${series.forecast.map((month) => `${format.month(month.month)} ${format.headline(month.expected)}`).join(', ')}`}
        table={{
          columns: [forecast.month, forecast.fact, forecast.expected, forecast.range],
          rows: rows.map((row) => [format.month(row.month), row.isFact ? format.money(row.revenue) : '', row.isFact ? '' : format.money(row.expected), row.isFact ? '' : format.moneyRange(row.low, row.high)]),
        }} />
      <FigureTable caption={forecast.expected} name="forecast" rows={series.forecast} rowKey={(month) => month.month}
        columns={[
          { id: 'month', title: forecast.month, value: (month) => month.month, cell: (month) => format.month(month.month) },
          { id: 'expected', title: forecast.expected, align: 'right', explain: forecast.told.expected, value: (month) => month.expected, cell: (month) => <span title={format.exact(month.expected)}>{format.money(month.expected)}</span> },
          { id: 'low', title: forecast.range, align: 'right', explain: forecast.told.range, value: (month) => month.low, file: (month) => `${month.low} – ${month.high}`, cell: (month) => format.moneyRange(month.low, month.high) },
        ]} />
    </Section>
  );
}

function Seasons({ series }: { series: Answer['series'] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { language } = useLook();
  const { forecast } = words;
  const { indices, strength } = series.revenueSeasons;
  const writer = new Intl.DateTimeFormat(language === 'ru' ? 'ru' : 'en-GB', { month: 'short', timeZone: 'UTC' });
  const names = indices.map((_, month) => writer.format(new Date(Date.UTC(2026, month, 1))).replace('.', ''));
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, names),
    yAxis: { ...valueAxis(look, (value) => format.number(value, 1)), min: 0 },
    tooltip: tooltip(look, 'axis', (index) => ({ title: names[index] ?? '', lines: [{ label: forecast.seasonIndex, value: `× ${format.number(indices[index], 2)}`, colour: look.accent }] })),
    series: [{
      type: 'bar', data: [...indices], color: look.accent, barMaxWidth: 40, itemStyle: { borderRadius: [3, 3, 0, 0] },
      markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: look.muted, type: 'dashed' }, data: [{ yAxis: 1 }] },
    }],
  }), [series, format, words]);
  return (
    <Section title={forecast.seasons} sentence={forecast.seasonsText}>
      {strength === 0
        ? <p class="muted">{forecast.noSeasons}</p>
        : (
          <Chart title={forecast.seasons} isTitleHidden height={200} option={option} description={names.map((name, index) => `${name} × ${format.number(indices[index], 2)}`).join(', ')}
            table={{ columns: [forecast.month, forecast.seasonIndex], rows: names.map((name, index) => [name, format.number(indices[index], 2)]) }} />
        )}
    </Section>
  );
}

function Methods({ scores, chosen }: { scores: readonly SeriesScore[]; chosen: string | null }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { forecast } = words;
  return (
    <Section title={forecast.methods} sentence={forecast.methodsText}>
      <FigureTable caption={forecast.methods} isCaptionHidden name="series-methods" rows={scores} rowKey={(row) => row.method}
        columns={[
          { id: 'method', title: forecast.method, value: (row) => methodName(words, row.method), cell: (row) => <MethodCell method={row.method} isChosen={row.method === chosen} /> },
          { id: 'mase', title: 'MASE', align: 'right', explain: forecast.told.mase, value: (row) => row.mase, cell: (row) => format.number(row.mase, 2) },
          { id: 'smape', title: 'sMAPE', align: 'right', explain: forecast.told.smape, value: (row) => row.smape, cell: (row) => format.share(row.smape / 100) },
          { id: 'origins', title: forecast.origins, align: 'right', explain: forecast.told.origins, value: (row) => row.origins, cell: (row) => format.whole(row.origins) },
        ]} />
    </Section>
  );
}

/** @param wasChosen By the part of the history that was not hidden: what the test judges. */
function MethodCell({ method, isChosen, wasChosen = false }: { method: string; isChosen: boolean; wasChosen?: boolean }) {
  const words = useWords(analyticsWords);
  return <>{methodName(words, method)}{isChosen ? <> <State tone="good">{words.forecast.chosen}</State></> : wasChosen && <> <span class="muted">· {words.forecast.wasChosen}</span></>}</>;
}

function ClientMethods({ learned }: { learned: LearnedForecast }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { forecast } = words;
  const { backtest, choice } = learned;
  const simpler = moneyTest(learned)?.simpler ?? null;
  const told = [
    choice && `${methodName(words, choice.method)}. ${forecast.reasons[choice.reason]}`,
    backtest && forecast.clientMethodsText(format.count(backtest.holdoutDays, shell.count.days), format.count(backtest.customers, words.genitive.clients)),
    simpler === null ? null : forecast.simpleBetter(methodName(words, simpler)),
  ].filter((part) => part !== null).join(' ');
  const share = (id: keyof HoldoutErrors & string, title: string, of: (row: HoldoutErrors) => number | null, explain: string) => ({
    id, title, align: 'right' as const, value: of, cell: (row: HoldoutErrors) => format.share(of(row)), explain,
  });
  return (
    <Section title={forecast.clientMethods} sentence={told}>
      {backtest === null || backtest.holdout.length === 0
        ? <p class="muted">{forecast.noBacktest}</p>
        : (
          <>
            <FigureTable<HoldoutErrors> caption={forecast.clientMethods} isCaptionHidden name="client-methods" rows={backtest.holdout} rowKey={(row) => row.method} order={{ by: 'valueMae', isDescending: false }}
              columns={[
                { id: 'method', title: forecast.method, value: (row) => methodName(words, row.method), cell: (row) => <MethodCell method={row.method} isChosen={row.method === choice?.method} wasChosen={row.method === backtest.choice?.method} /> },
                { id: 'valueMae', title: forecast.valueError, align: 'right', explain: forecast.told.valueError, value: (row) => row.valueMae, cell: (row) => format.money(row.valueMae) },
                share('valueTotalError', forecast.totalError, (row) => (row.valueTotalError === null ? null : row.valueTotalError / 100), forecast.told.totalError),
                { id: 'spearman', title: forecast.rank, align: 'right', value: (row) => row.spearman, cell: (row) => format.number(row.spearman, 2), explain: forecast.rankText },
                share('topDecileShare', forecast.topDecile, (row) => row.topDecileShare, forecast.told.topDecile),
                share('intervalCoverage', forecast.coverage, (row) => row.intervalCoverage, forecast.coverageText),
              ]} />
            {backtest.grades.length > 0 && (
              <>
                <p class="muted">{forecast.gradesText}</p>
                <GradeTable grades={backtest.grades} />
              </>
            )}
          </>
        )}
    </Section>
  );
}
