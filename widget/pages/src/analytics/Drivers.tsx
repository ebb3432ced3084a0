import { useFormat } from '../format';
import { Empty, Explain, Page, Person, Section, State } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { AccountNames, Driver, DriverLevel, Effect, Named } from './answers';
import { clientsHref } from './links';
import { FigureTable } from './Table';
import { type AnalyticsWords, analyticsWords } from './words';

export default function Drivers() {
  const words = useWords(analyticsWords);
  const { drivers } = words;
  const query = useQuery<Named<{ readonly drivers: readonly Driver[] }>>('/api/analytics/drivers');
  return (
    <Page title={drivers.title} sentence={drivers.sentence}>
      <Analysed query={query}>
        {({ document, names }) => {
          const known = document.drivers.filter((driver) => driver.clients > 0);
          if (known.length === 0) return <Empty title={drivers.emptyTitle}>{drivers.empty}</Empty>;
          return <>{known.map((driver) => <One key={driver.name} driver={driver} names={names} />)}</>;
        }}
      </Analysed>
    </Page>
  );
}

/** An attribute in words; a field by the name the account gave it. */
export function driverName(words: AnalyticsWords, names: AccountNames | null, driver: string): string {
  const own: Readonly<Record<string, string>> = words.drivers.names;
  const field = names?.fields[driver];
  if (driver.startsWith('company:')) return words.drivers.companyField(field ?? driver.slice(8));
  if (driver.startsWith('lead:')) return words.drivers.leadField(field ?? driver.slice(5));
  return own[driver] ?? driver;
}

function One({ driver, names }: { driver: Driver; names: AccountNames | null }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { drivers } = words;
  const name = driverName(words, names, driver.name);
  const sentence = [
    driver.spreadPercent === null ? drivers.tooFew : drivers.spread(format.share(driver.spreadPercent / 100)),
    drivers.known(format.count(driver.clients, drivers.inClients)),
  ].join('. ').replace('..', '.');
  const reach = Math.max(1, ...driver.levels.flatMap((level) => (level.effect === null ? [] : [Math.abs(level.effect.lowPercent), Math.abs(level.effect.highPercent)])).map((percent) => Math.min(300, percent)));
  return (
    <Section title={name} sentence={sentence}>
      <FigureTable<DriverLevel> caption={name} isCaptionHidden name={`driver-${driver.name.replace(':', '-')}`} rows={driver.levels} rowKey={(level) => level.level}
        columns={[
          {
            id: 'level', title: drivers.level, value: (level) => level.level,
            cell: (level) => <a href={clientsHref({ driver: driver.name, level: level.level })}><LevelName driver={driver.name} level={level.level} names={names} /></a>,
          },
          { id: 'clients', title: words.clients, align: 'right', explain: words.told.clients, value: (level) => level.clients, cell: (level) => format.whole(level.clients) },
          { id: 'median', title: drivers.median, align: 'right', explain: drivers.told.median, value: (level) => level.medianLtv, cell: (level) => format.money(level.medianLtv) },
          { id: 'value', title: words.value, align: 'right', explain: words.told.value, value: (level) => level.value, cell: (level) => format.money(level.value) },
          {
            id: 'effect', title: drivers.effect, value: (level) => level.effect?.percent ?? null, explain: <Explain of={drivers.effect}>{drivers.effectText}</Explain>,
            cell: (level) => (level.effect === null ? <span class="muted">{drivers.noEffect}</span> : <EffectCell effect={level.effect} reach={reach} />),
          },
        ]} />
    </Section>
  );
}

function LevelName({ driver, level, names }: { driver: string; level: string; names: AccountNames | null }) {
  const { drivers } = useWords(analyticsWords);
  const format = useFormat();
  if (level === '*') return <>{drivers.others}</>;
  if (driver === 'manager') return <Person of="users" id={Number(level)} />;
  if (driver === 'pipeline') return <>{names?.pipelines[level] ?? `#${level}`}</>;
  const [low, high] = level.split('..').map(Number);
  if (driver === 'firstPurchase' && Number.isFinite(low)) return <>{high === undefined ? format.money(low) : drivers.range(format.money(low), format.money(high))}</>;
  return <>{level}</>;
}

const WIDTH = 220;
const HEIGHT = 14;

/** The effect as a dot, its interval as a line, zero as a mark: what touches zero is said to prove nothing. */
function EffectCell({ effect, reach }: { effect: Effect; reach: number }) {
  const { drivers } = useWords(analyticsWords);
  const format = useFormat();
  const at = (percent: number) => (WIDTH / 2) + (Math.max(-reach, Math.min(reach, percent)) / reach) * (WIDTH / 2 - 6);
  const say = (percent: number) => (percent > 0 ? '+' : '') + format.share(percent / 100);
  const tone = !effect.isClear ? 'none' : effect.percent > 0 ? 'good' : 'risk';
  return (
    <div class="effect">
      <svg class={`effect__picture tone_${tone}`} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line class="effect__zero" x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2={HEIGHT} />
        <line x1={at(effect.lowPercent)} x2={at(effect.highPercent)} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="currentColor" stroke-width="2" />
        <circle cx={at(effect.percent)} cy={HEIGHT / 2} r="4" fill="currentColor" />
      </svg>
      <span class="effect__words"><strong>{say(effect.percent)}</strong> <span class="muted">{drivers.interval(say(effect.lowPercent), say(effect.highPercent))}</span></span>
      <State tone={tone}>{effect.isClear ? drivers.clear : drivers.unclear}</State>
    </div>
  );
}
