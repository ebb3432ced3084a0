import { useCallback } from 'preact/hooks';
import { hrefOf } from '../app/route';
import { equation, type Format, shownAs, useFormat } from '../format';
import { Chart, type ChartLook, type ChartOption, Empty, Explain, Figure, Figures, nameAxis, Notice, Page, Section, State, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { AccountNumbers, BaseDay, Forecast, Overview as Answer, Segment, Tasks } from './answers';
import { changeOf } from './change';
import { GradeLine, MoneyLine } from './Grades';
import { clientsHref } from './links';
import { inOrder, lifecycleTone, segmentName } from './segments';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

export default function Overview() {
  const words = useWords(analyticsWords);
  const query = useQuery<Answer>('/api/analytics/overview');
  return (
    <Page title={words.overview.title} sentence={words.overview.sentence}>
      <Analysed query={query}>
        {(answer) => (
          <>
            {answer.stamp.isOwn && <Notice tone="none">{words.own}</Notice>}
            <Numbers answer={answer} />
            {answer.whole && <Days days={answer.whole.days} />}
            <States rows={answer.lifecycle} total={answer.base.value} />
            {answer.whole && <Trust whole={answer.whole} base={answer.base.clients} />}
            <TaskTable />
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
  const { overview } = words;
  const { base, whole } = answer;
  const basis = shell.basis[answer.stamp.basis];
  const numbers = whole?.numbers.numbers;
  const months = format.months(whole?.numbers.horizonMonths ?? 12);
  return (
    <>
      <Figures>
        <Figure size="headline" label={words.base} basis={basis} value={format.headline(base.value)} exact={format.exact(base.value)} href={clientsHref({})}
          change={whole?.change ? changeOf(format.moneyChange(whole.change.value), whole.change.value, overview.since(format.day(whole.change.since))) : null}
          explain={{
            text: overview.baseText,
            formula: base.clients > 0 ? baseFormula(base, overview.baseFormula(format.count(base.clients, shell.count.clients), format.money(base.value / base.clients)), format) : undefined,
          }} />
        <Figure size="headline" label={words.clients} value={format.whole(base.clients)} href={clientsHref({})} explain={{ text: overview.clientsText }}
          change={whole?.change ? changeOf(format.wholeChange(whole.change.clients), whole.change.clients, overview.since(format.day(whole.change.since))) : null} />
        <Figure size="headline" label={overview.expected(months)} basis={basis} value={answer.expected === null ? null : format.headline(answer.expected)}
          exact={format.exact(answer.expected)} note={answer.expected === null ? overview.noForecast : undefined}
          explain={{ text: overview.expectedText }} href={clientsHref({ forecast: true, order: '-expected' })} />
        <Figure size="headline" label={overview.atRisk} basis={basis} value={format.headline(answer.atRisk.value)} exact={format.exact(answer.atRisk.value)}
          note={format.count(answer.atRisk.clients, shell.count.clients)} explain={{ text: overview.atRiskText }} href={clientsHref({ lifecycle: 'slipping,dormant' })} />
      </Figures>
      <Figures>
        <Figure label={overview.historical} basis={basis} value={format.headline(answer.historical)} exact={format.exact(answer.historical)}
          explain={{ text: overview.historicalText }} href={clientsHref({ order: '-historical' })} />
        {whole && numbers && (
          <>
            <Figure label={overview.lastYear} basis={basis} value={format.headline(whole.numbers.lastYear)} exact={format.exact(whole.numbers.lastYear)}
              explain={{ text: overview.lastYearText }} href={hrefOf('analytics', 'managers')}
              change={changeOf(format.moneyChange(whole.numbers.lastYear - whole.numbers.yearBefore), whole.numbers.lastYear - whole.numbers.yearBefore, overview.yearAgo)} />
            <Figure label={overview.newClients} value={format.whole(whole.numbers.newClients)} explain={{ text: overview.newClientsText }}
              href={clientsHref({ cohort: lastYearOf(answer.stamp.asOf), order: '-firstPurchase' })}
              change={changeOf(format.wholeChange(whole.numbers.newClients - whole.numbers.newClientsBefore), whole.numbers.newClients - whole.numbers.newClientsBefore, overview.yearAgo)} />
            <Figure label={overview.aov} basis={shell.basis.revenue} value={format.money(numbers.averageOrderValue)} exact={format.exact(numbers.averageOrderValue)}
              explain={{ text: overview.aovText, formula: aovFormula(numbers, format) }} />
            <Figure label={overview.frequency} value={format.rate(numbers.purchasesPerYear)} explain={{ text: overview.frequencyText }} />
            <Figure label={overview.lifetime} value={format.years(numbers.lifetime.years)}
              explain={{ text: overview.lifetimeText[numbers.lifetime.source], formula: overview.lifetimeFormula(format.whole(numbers.lifetime.events), format.whole(numbers.lifetime.subjects)) }}
              href={hrefOf('analytics', 'retention')} />
            <Figure label={overview.formulaLtv} basis={basis} value={numbers.formulaLtv === null ? null : format.headline(numbers.formulaLtv)} exact={format.exact(numbers.formulaLtv)}
              note={numbers.meanOfClientsFormulaLtv === null ? undefined : overview.meanFormula(format.money(numbers.meanOfClientsFormulaLtv))}
              explain={{
                text: numbers.basis === 'margin' ? overview.formulaMargin : overview.formulaText,
                formula: ltvFormula(numbers, format),
              }} />
          </>
        )}
      </Figures>
    </>
  );
}

function baseFormula(base: Answer['base'], left: string, format: Format): string {
  return equation(left, base.clients * shownAs.money(base.value / base.clients), shownAs.money(base.value), format.money(base.value));
}

function aovFormula({ revenue, purchases, averageOrderValue: aov }: AccountNumbers, format: Format): string | undefined {
  return aov === null || purchases === 0 ? undefined
    : equation(`${format.money(revenue)} / ${format.whole(purchases)}`, shownAs.money(revenue) / purchases, shownAs.money(aov), format.money(aov));
}

function ltvFormula({ historicalLtv, purchases, purchasesPerYear, lifetime, formulaLtv }: AccountNumbers, format: Format): string | undefined {
  if (purchases === 0 || purchasesPerYear === null || formulaLtv === null) return undefined;
  const [order, rate, years] = [shownAs.money(historicalLtv / purchases), shownAs.number(purchasesPerYear, 2), shownAs.number(lifetime.years, 2)];
  return equation(`${format.money(order)} × ${format.number(rate, 2)} × ${format.number(years, 2)}`, order * rate * years, shownAs.money(formulaLtv), format.money(formulaLtv));
}

/** The twelve months up to a day, as the service counts them. */
export function lastYearOf(asOf: string): string {
  const from = new Date(`${asOf}T00:00:00Z`);
  const day = from.getUTCDate();
  from.setUTCDate(1);
  from.setUTCFullYear(from.getUTCFullYear() - 1);
  // The last of February of a leap year has no twin a year before.
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 0)).getUTCDate();
  from.setUTCDate(Math.min(day, last) + 1);
  return `${from.toISOString().slice(0, 10)}:${asOf}`;
}

function Days({ days }: { days: readonly BaseDay[] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { overview } = words;
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, days.map((day) => format.day(day.day))),
    yAxis: { ...valueAxis(look, (value) => format.headline(value)), scale: true },
    tooltip: tooltip(look, 'axis', (index) => {
      const day = days[index];
      return day === undefined ? null : {
        title: format.day(day.day),
        lines: [{ label: words.base, value: format.money(day.value), colour: look.accent }, { label: words.clients, value: format.whole(day.clients) }],
      };
    }),
    series: [{ type: 'line', data: days.map((day) => day.value), showSymbol: days.length < 30, lineStyle: { width: 2 }, color: look.accent }],
  }), [days, format, words]);
  return (
    <Section title={overview.days} sentence={overview.daysText}>
      {days.length < 2
        ? <Empty title={overview.daysEmptyTitle}>{overview.daysEmpty}</Empty>
        : (
          <Chart title={overview.days} isTitleHidden height={220} option={option} description={`${overview.days}: ${format.headline(days[0]!.value)} → ${format.headline(days.at(-1)!.value)}`}
            table={{ columns: [words.leads.day, words.base, words.clients], rows: days.map((day) => [format.day(day.day), format.money(day.value), format.whole(day.clients)]) }} />
        )}
    </Section>
  );
}

function States({ rows, total }: { rows: readonly Segment[]; total: number }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const ordered = inOrder('lifecycle', rows);
  return (
    <Section title={words.overview.states} sentence={words.overview.statesText}>
      {total > 0 && (
        <div class="share-bar" aria-hidden="true">
          {ordered.filter((row) => row.value > 0).map((row) => <span key={row.segment} class={`share-bar__part state_${row.segment}`} style={{ flexGrow: row.value / total }} />)}
        </div>
      )}
      <ul class="shares">
        {ordered.map((row) => (
          <li key={row.segment}>
            <a href={clientsHref({ lifecycle: row.segment })}><State tone={lifecycleTone(row.segment)}>{segmentName(words, 'lifecycle', row.segment)}</State></a>
            <strong title={format.exact(row.value)}>{format.headline(row.value)}</strong>
            <span class="muted">{format.share(row.valueShare)} · {format.count(row.clients, shell.count.clients)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Trust({ whole, base }: { whole: NonNullable<Answer['whole']>; base: number }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { overview } = words;
  const forecast = useQuery<Forecast>('/api/analytics/forecast');
  const { reconciliation, costCoverage } = whole.numbers.numbers;
  const holds = reconciliation.agrees && Math.abs(whole.numbers.listedRevenue - reconciliation.revenue) < 0.005;
  const lost = whole.quality.gaps.filter((gap) => !gap.isCounted);
  const money = lost.reduce((sum, gap) => sum + gap.money, 0);
  const leads = lost.reduce((sum, gap) => sum + gap.leads, 0);
  return (
    <Section title={overview.trust}>
      <Notice tone={holds ? 'good' : 'risk'}>
        <p><strong>{holds ? overview.reconciles : overview.reconcilesNot}.</strong> {overview.reconcileText}</p>
        <p>{overview.reconcileClients(format.exact(reconciliation.clientRevenue), format.exact(reconciliation.revenue))}. {overview.reconcileContacts(format.exact(reconciliation.contactRevenue), format.exact(reconciliation.revenueWithContact))}.</p>
      </Notice>
      <Figures>
        <Figure label={overview.lost} basis={shell.basis.revenue} value={format.headline(money)} exact={format.exact(money)} href={hrefOf('analytics', 'quality')}
          note={overview.lostNote(format.count(leads, shell.count.leads))} explain={{ text: overview.lostText }} />
        <Figure label={overview.coverage} value={base > 0 ? format.share(whole.numbers.clientsWithForecast / base) : null}
          note={format.count(whole.numbers.clientsWithForecast, shell.count.clients)} explain={{ text: overview.coverageText }} href={clientsHref({ forecast: whole.numbers.clientsWithForecast === base })} />
        {whole.quality.costCoverage !== null && (
          <Figure label={overview.costs} value={format.share(costCoverage)} explain={{ text: overview.costsText }} href={hrefOf('analytics', 'quality', { list: 'noCost' })} />
        )}
        <div class="figure figure_usual" role="group" aria-label={overview.grade}>
          <div class="figure__label"><span>{overview.grade}</span><Explain of={overview.grade}>{overview.gradeText}</Explain></div>
          <MoneyLine learned={forecast.data?.clients ?? null} />
          <GradeLine calibration={whole.calibration} grades={whole.grades} />
        </div>
      </Figures>
    </Section>
  );
}

function TaskTable() {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { overview } = words;
  const { data } = useQuery<Tasks>('/api/analytics/tasks');
  if (data === null) return null;
  const number = (id: 'created' | 'open' | 'completed' | 'boughtSince', title: string) =>
    ({ id, title, explain: overview.taskTold[id], align: 'right' as const, value: (row: Tasks['kinds'][number]) => row[id], cell: (row: Tasks['kinds'][number]) => format.whole(row[id]) });
  return (
    <Section title={overview.tasks} sentence={overview.tasksText}>
      {data.kinds.length === 0
        ? <p class="muted">{data.isEnabled ? overview.tasksNone : overview.tasksOff}</p>
        : (
          <FigureTable caption={overview.tasks} isCaptionHidden name="tasks" rows={data.kinds} rowKey={(row) => row.kind}
            columns={[
              { id: 'kind', title: overview.taskKind, value: (row) => overview.taskKinds[row.kind], cell: (row) => overview.taskKinds[row.kind] },
              number('created', overview.created), number('open', overview.open), number('completed', overview.completed), number('boughtSince', overview.boughtSince),
              { id: 'value', title: overview.taskValue, align: 'right', explain: overview.taskTold.value, value: (row) => row.value, cell: (row) => format.money(row.value) },
            ]} />
        )}
    </Section>
  );
}
