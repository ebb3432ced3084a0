import { useMemo, useState } from 'preact/hooks';
import { useFormat } from '../format';
import { Button, Empty, Figure, Figures, Section, Slider } from '../parts';
import type { Basis } from '../session';
import { useWords } from '../words';
import type { ScenarioInputs } from './answers';
import { changeOf } from './change';
import { figuresOf, moved, type Moves, type ScenarioFigures, unmoved } from './scenario';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

/** Sliders over the account of today; everything follows in the browser at once. */
export function Scenario({ inputs, basis }: { inputs: ScenarioInputs | null; basis: Basis }) {
  const { forecast } = useWords(analyticsWords);
  return (
    <Section title={forecast.scenario} sentence={forecast.scenarioText}>
      {inputs === null
        ? <Empty title={forecast.noScenarioTitle}>{forecast.noScenario}</Empty>
        : <Sliders inputs={inputs} basis={basis} />}
    </Section>
  );
}

function Sliders({ inputs, basis }: { inputs: ScenarioInputs; basis: Basis }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { forecast } = words;
  const [moves, setMoves] = useState<Moves>(unmoved);
  const today = useMemo(() => figuresOf(inputs), [inputs]);
  const changed = moved(inputs, moves);
  const then = figuresOf(changed);
  const isMoved = Object.values(moves).some((move) => move !== 0);
  const retention = Math.round(today.yearlyRetention * 100);
  const slider = (name: keyof Moves, label: string, text: string, least: number, most: number, step = 1) =>
    <Slider label={label} value={moves[name]} least={least} most={most} step={step} text={text} today={0} onChange={(value) => setMoves({ ...moves, [name]: value })} />;
  const change = (now: number, before: number, isGrowthGood = true) => (now === before ? null : changeOf(format.moneyChange(now - before), now - before, undefined, isGrowthGood));
  return (
    <div class="scenario">
      <div class="scenario__sliders">
        {slider('retentionPoints', forecast.retention, format.share(then.yearlyRetention), -Math.min(50, retention), Math.min(50, 99 - retention))}
        {slider('averageOrderValuePercent', forecast.aov, format.money(changed.averageOrderValue), -50, 100, 5)}
        {slider('frequencyPercent', forecast.frequency, format.number(changed.purchasesPerYear, 2), -50, 100, 5)}
        {inputs.marginPercent !== null && slider('marginPoints', forecast.margin, format.share((changed.marginPercent ?? 0) / 100), -30, 30)}
        {slider('newClientsPercent', forecast.newClients, format.number(changed.newClientsPerMonth, 1), -100, 200, 10)}
        {inputs.cac !== null && slider('cacPercent', forecast.cac, format.money(changed.cac), -50, 100, 5)}
        <Button isDisabled={!isMoved} onClick={() => setMoves(unmoved)}>{forecast.reset}</Button>
        {inputs.cac === null && <p class="muted">{forecast.noCac}</p>}
      </div>
      <div class="scenario__figures">
        <Figures>
          <Figure size="headline" label={forecast.ltv} basis={shell.basis[basis]} value={format.headline(then.ltv)} exact={format.exact(then.ltv)} change={change(then.ltv, today.ltv)}
            note={`${forecast.today}: ${format.headline(today.ltv)}`}
            explain={{
              text: words.overview.formulaText,
              formula: `${format.money(changed.averageOrderValue)}${changed.marginPercent === null ? '' : ` × ${format.share(changed.marginPercent / 100)}`} × ${format.number(changed.purchasesPerYear, 2)} × ${format.number(then.lifetimeYears, 2)} = ${format.money(then.ltv)}`,
            }} />
          <Figure size="headline" label={forecast.yearValue} basis={shell.basis[basis]} value={format.headline(then.value)} exact={format.exact(then.value)} change={change(then.value, today.value)}
            note={`${forecast.today}: ${format.headline(today.value)}`}
            explain={{ text: forecast.yearValueText, formula: `${format.money(then.knownClientsValue)} + ${format.money(then.newClientsValue)} = ${format.money(then.value)}` }} />
        </Figures>
        <Compared today={today} then={then} />
      </div>
    </div>
  );
}

interface Row {
  readonly name: string;
  readonly today: number | null;
  readonly then: number | null;
  readonly say: (value: number | null) => string;
}

function Compared({ today, then }: { today: ScenarioFigures; then: ScenarioFigures }) {
  const { forecast } = useWords(analyticsWords);
  const format = useFormat();
  const row = (name: string, of: (figures: ScenarioFigures) => number | null, say: Row['say']): Row => ({ name, today: of(today), then: of(then), say });
  const money = (value: number | null) => format.money(value);
  const rows = [
    row(forecast.lifetime, (figures) => figures.lifetimeYears, (value) => format.years(value)),
    row(forecast.known, (figures) => figures.knownClientsValue, money),
    row(forecast.fromNew, (figures) => figures.newClientsValue, money),
    ...(today.acquisitionSpend === null ? [] : [
      row(forecast.ltvToCac, (figures) => figures.ltvToCac, (value) => format.rate(value)),
      row(forecast.spend, (figures) => figures.acquisitionSpend, money),
      row(forecast.lessSpend, (figures) => figures.valueLessSpend, money),
    ]),
  ];
  return (
    <FigureTable<Row> caption={forecast.scenario} isCaptionHidden name="scenario" rows={rows} rowKey={(one) => one.name}
      columns={[
        { id: 'name', title: forecast.figure, value: (one) => one.name, cell: (one) => one.name },
        { id: 'today', title: forecast.today, align: 'right', explain: forecast.told.today, value: (one) => one.today, cell: (one) => one.say(one.today) },
        { id: 'then', title: forecast.scenario_, align: 'right', explain: forecast.told.scenario, value: (one) => one.then, cell: (one) => <strong>{one.say(one.then)}</strong> },
      ]} />
  );
}
