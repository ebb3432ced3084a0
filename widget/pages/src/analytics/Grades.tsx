import { useFormat } from '../format';
import { State, type Tone } from '../parts';
import { useWords } from '../words';
import type { Calibration, Grade, LearnedForecast } from './answers';
import { clientsHref } from './links';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

const tones: Readonly<Record<Calibration['quality'], Tone>> = { close: 'good', fair: 'good', rough: 'watch', unknown: 'none' };

/** The precision in words, with the grade that most clients have: «из 100 компаний с такой оценкой 78 купили снова». */
export function GradeLine({ calibration, grades }: { calibration: Calibration | null; grades: readonly Grade[] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const quality = calibration?.quality ?? 'unknown';
  const told = gradeToTell(grades);
  return (
    <div class="grade">
      <State tone={tones[quality]}>{words.grade[quality]}</State>
      {told && (
        <p class="muted">
          {words.grade.text(format.count(told.customers, words.genitive.clients), format.count(Math.round((told.bought ?? 0) * told.customers), words.boughtAgain))}
          {', '}{words.grade.expected(format.share(told.expected))}
        </p>
      )}
    </div>
  );
}

/** How far the sum of all clients was off where the history was hidden: probabilities may hold while money does not. */
export function MoneyLine({ learned }: { learned: LearnedForecast | null }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const tested = moneyTest(learned);
  if (tested === null) return null;
  const { money } = words.grade;
  const days = format.count(tested.days, shell.count.days);
  const size = Math.abs(tested.error);
  const told = size <= CLOSE ? money.close(days) : (tested.error > 0 ? money.over : money.under)(format.share(size), days);
  return <State tone={size <= CLOSE ? 'good' : size <= ROUGH ? 'watch' : 'risk'}>{told}</State>;
}

const CLOSE = 0.1;
const ROUGH = 0.3;
const simple = ['zero', 'populationMean', 'ownRate', 'formula', 'lastWindow', 'hiatus'];

/** The method that stood the test: the one that was chosen before the hidden days were looked at. */
export function moneyTest(learned: LearnedForecast | null): { readonly error: number; readonly days: number; readonly simpler: string | null } | null {
  const backtest = learned?.backtest ?? null;
  const method = backtest?.choice?.method ?? learned?.choice?.method;
  const judged = backtest?.holdout.find((row) => row.method === method);
  if (backtest === null || judged === undefined || judged.valueTotalError === null) return null;
  const error = judged.valueTotalError / 100;
  const off = (row: { readonly valueTotalError: number | null }) => Math.abs(row.valueTotalError ?? Infinity) / 100;
  const best = backtest.holdout.filter((row) => simple.includes(row.method) && row.method !== method).sort((a, b) => off(a) - off(b))[0];
  return { error, days: backtest.holdoutDays, simpler: best !== undefined && off(best) < Math.abs(error) ? best.method : null };
}

/** The best grade with enough clients behind it, else the one with most. */
export function gradeToTell(grades: readonly Grade[]): Grade | null {
  const seen = grades.filter((grade) => grade.customers > 0);
  const sure = seen.filter((grade) => grade.customers >= 20);
  return sure.at(-1) ?? [...seen].sort((a, b) => b.customers - a.customers)[0] ?? null;
}

export function GradeTable({ grades }: { grades: readonly Grade[] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { forecast } = words;
  const range = (grade: Grade) => `${format.share(grade.from)} – ${format.share(grade.to)}`;
  return (
    <FigureTable caption={forecast.grades} name="grades" rows={grades} rowKey={(grade) => grade.from}
      columns={[
        {
          id: 'range', title: forecast.gradeRange, value: (grade) => grade.from, file: range,
          cell: (grade) => <a href={clientsHref({ probabilityFrom: round(grade.from), probabilityTo: round(grade.to) })}>{range(grade)}</a>,
        },
        { id: 'customers', title: forecast.gradeCustomers, align: 'right', explain: forecast.told.customers, value: (grade) => grade.customers, cell: (grade) => format.whole(grade.customers) },
        { id: 'expected', title: forecast.gradeExpected, align: 'right', explain: forecast.told.gradeExpected, value: (grade) => grade.expected, cell: (grade) => format.share(grade.expected) },
        { id: 'bought', title: forecast.gradeBought, align: 'right', explain: forecast.told.bought, value: (grade) => grade.bought, cell: (grade) => format.share(grade.bought) },
      ]} />
  );
}

/** 0.6000000000000001 is no filter. */
function round(share: number): string {
  return String(Math.round(share * 1000) / 1000);
}
