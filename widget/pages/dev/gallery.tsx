// Every part of the pages on one screen, for whoever builds them: `npm run dev`, then /dev/?theme=dark&language=en.
// Not part of the build. The numbers are made up.
import { render } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { PageContext, type PageState } from '../src/app/context';
import { Door } from '../src/app/Door';
import { wear } from '../src/app/first-look';
import { Header } from '../src/app/Header';
import { LookContext, useLook } from '../src/app/look';
import { createFormat, useFormat } from '../src/format';
import {
  Button, Chart, CheckField, Choice, Client, DataTable, DateField, Dialog, Empty, Explain, Figure, Figures, nameAxis, Notice, NumberField, Page, Person,
  ProblemNotice, Progress, Section, SelectField, Slider, State, Tabs, TextField, tooltip, useToast, valueAxis, type ChartLook, type ChartOption, type Column,
} from '../src/parts';
import { Toasts } from '../src/parts/Toast';
import { Names } from '../src/session/names';
import { ApiProblem } from '../src/session/problem';
import { shellWords } from '../src/words';
import '../src/style/tokens.css';
import '../src/style/page.css';
import '../src/style/parts.css';
import '../src/style/print.css';

const asked = new URLSearchParams(location.search);
const language = asked.get('language') === 'en' ? 'en' : 'ru';
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
const inRussian = language === 'ru';
const say = (ru: string, en: string) => (inRussian ? ru : en);

const nobody = () => Promise.reject(new ApiProblem(404, 'none'));
const page: PageState = {
  me: {
    account: { id: 1, name: 'ООО "Ромашка & <партнёры>"', address: 'https://acme.amocrm.ru', brand: 'amocrm', currency: 'RUB', currencySymbol: '₽', timeZone: 'Europe/Moscow' },
    user: { id: 7 }, role: 'admin', basis: 'revenue', asOf: '2026-11-01', valuedAt: '2026-11-22T00:12:00Z', connection: { state: 'connected', isWorking: true },
  },
  api: { get: nobody, post: nobody, put: nobody, delete: nobody, stream: nobody, download: nobody },
  names: new Names(null),
  format: createFormat({ language, words: shellWords[language], currency: { code: 'RUB', symbol: '₽' }, timeZone: 'Europe/Moscow' }),
  isFramed: false,
};

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly ltv: number | null;
  readonly share: number;
  readonly purchases: number;
  readonly last: string;
}

const rows: readonly Row[] = [
  { id: 1, name: 'ООО "Очень-очень длинное название с кавычками & <тегами> <img src=x onerror=alert(1)>"', ltv: 1234567, share: 0.184, purchases: 7, last: '2026-08-11' },
  { id: 2, name: 'Север', ltv: 842800.5, share: 0.126, purchases: 21, last: '2026-10-03' },
  { id: 3, name: null, ltv: null, share: 0.004, purchases: 1, last: '2025-02-28' },
  { id: 4, name: 'Ёлки и палки', ltv: -42000, share: 0, purchases: 2, last: '2024-12-31' },
];

function Gallery() {
  const format = useFormat();
  const toast = useToast();
  const { theme: worn } = useLook();
  const [way, setWay] = useState<'map' | 'curves'>('map');
  const [amount, setAmount] = useState<number | null>(1234.5);
  const [retention, setRetention] = useState(72);
  const [isOpen, setOpen] = useState(asked.has('dialog'));
  const [isOn, setOn] = useState(true);
  const columns: readonly Column<Row>[] = [
    { id: 'name', title: say('Клиент', 'Client'), cell: (row) => <Client kind="company" id={row.id} name={row.name} />, value: (row) => row.name },
    { id: 'manager', title: say('Ответственный', 'Responsible'), cell: (row) => <Person of="users" id={row.id * 1000} /> },
    { id: 'ltv', title: 'LTV', align: 'right', cell: (row) => <span title={format.exact(row.ltv)}>{format.money(row.ltv)}</span>, value: (row) => row.ltv,
      explain: <Explain of="LTV">{say('Сколько клиент стоит за всё время сотрудничества.', 'What the client is worth over the whole relationship.')}</Explain> },
    { id: 'share', title: say('Доля базы', 'Share of the base'), align: 'right', cell: (row) => format.share(row.share), value: (row) => row.share },
    { id: 'purchases', title: say('Покупок', 'Purchases'), align: 'right', cell: (row) => format.whole(row.purchases), value: (row) => row.purchases },
    { id: 'last', title: say('Последняя', 'Last'), align: 'right', cell: (row) => format.day(row.last), value: (row) => row.last },
    { id: 'state', title: say('Состояние', 'State'), cell: (row) => (row.id === 1 ? <State tone="watch">{say('Затихает', 'Slipping')}</State> : <State tone="good">{say('Покупает', 'Active')}</State>) },
  ];
  const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'].map(format.month);
  const values = [820000, 910000, 640000, 1100000, 1240000, 1180000, 1320000];
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: nameAxis(look, months),
    yAxis: valueAxis(look, format.headline),
    tooltip: tooltip(look, 'axis', (index) => ({ title: months[index] ?? '', lines: [{ label: say('<b>Выручка</b>', '<b>Revenue</b>'), value: format.money(values[index]), colour: look.accent }] })),
    series: [
      { id: 'fact', type: 'line', data: values.map((value, at) => (at < 5 ? value : null)), symbolSize: 6, lineStyle: { width: 2 }, color: look.accent, },
      { id: 'forecast', type: 'line', data: values.map((value, at) => (at >= 4 ? value : null)), symbolSize: 6, lineStyle: { width: 2, type: 'dashed' }, color: look.forecast },
    ],
  }), [format, worn]);

  return (
    <>
      <Header areas={['analytics', 'settings', 'operations']} current="analytics" own={{ onLook: () => undefined, onLeave: () => undefined }} />
      <Tabs label={say('Страницы', 'Pages')} current="overview" items={[
        { id: 'overview', title: say('Обзор', 'Overview'), href: '#/analytics/overview' },
        { id: 'segments', title: say('Сегменты', 'Segments'), href: '#/analytics/segments' },
        { id: 'cohorts', title: say('Когорты', 'Cohorts'), href: '#/analytics/cohorts' },
      ]} />
      <main id="content" class="content">
        <Page title={say('Обзор', 'Overview')} sentence={say('Сколько стоит ваша клиентская база и что изменилось за месяц.', 'What your clients are worth and what changed in a month.')}
          actions={<Choice label={say('Вид', 'View')} value={way} onChange={setWay} options={[{ value: 'map', title: say('Карта', 'Map') }, { value: 'curves', title: say('Кривые', 'Curves') }]} />}>
          <Figures>
            <Figure size="headline" label={say('Стоимость базы', 'Value of the base')} basis={shellWords[language].basis.revenue} value={format.headline(12345678)} exact={format.exact(12345678)} href="#/analytics/clients"
              change={{ text: format.moneyChange(420000), direction: 'up', tone: 'good', since: say('за месяц', 'in a month') }}
              explain={{ text: say('Сумма LTV всех клиентов.', 'Sum of the LTV of all clients.'), formula: `${format.money(120400)} × ${format.rate(2.1)} × ${format.years(4.9)}` }} />
            <Figure label={say('Средний чек', 'Average order')} value={format.money(120400)} change={{ text: format.moneyChange(-3200), direction: 'down', tone: 'risk' }} />
            <Figure label={say('Клиентов', 'Clients')} value={format.whole(1234)} change={{ text: '0', direction: 'flat', tone: 'none' }} />
            <Figure label="LTV : CAC" value={null} note={say('Затраты на привлечение не заданы.', 'No acquisition costs are set.')} />
          </Figures>
          <Section title={say('Выручка по месяцам', 'Revenue by month')} sentence={say('Сплошная линия – продажи, пунктир – прогноз.', 'Solid is fact, dashed is forecast.')}>
            <Chart title={say('Выручка', 'Revenue')} isTitleHidden description={say('Выручка по месяцам.', 'Revenue by month.')} option={option}
              table={{ columns: [say('Месяц', 'Month'), say('Выручка', 'Revenue')], rows: months.map((month, at) => [month, format.money(values[at])]) }} />
          </Section>
          <DataTable caption={say('Клиенты', 'Clients')} columns={columns} rows={rows} rowKey={(row) => row.id} order={{ by: 'ltv', isDescending: true }} more={() => undefined}
            onDownload={() => Promise.resolve()} footer={{ name: say('Всего', 'Total'), ltv: format.money(2035367) }} />
          <DataTable caption={say('Без данных', 'No data')} columns={columns} rows={[]} rowKey={(row) => row.id} />
          <Section title={say('Поля', 'Fields')}>
            <div class="figures">
              <TextField label={say('Название', 'Name')} value="A" onChange={() => undefined} hint={say('Видно всем.', 'Everybody sees it.')} isRequired />
              <NumberField label={say('Бюджет', 'Budget')} value={amount} onChange={setAmount} unit="₽" />
              <NumberField label={say('Срок', 'Term')} value={0} onChange={() => undefined} problem={say('Не меньше 3 месяцев.', 'At least 3 months.')} />
              <SelectField label={say('Воронка', 'Pipeline')} value="1" onChange={() => undefined} options={[{ value: '1', title: say('Продажи', 'Sales') }]} />
              <DateField label={say('С какого дня', 'From')} value="2026-11-01" onChange={() => undefined} />
              <CheckField label={say('Писать в CRM', 'Write to the CRM')} hint={say('Только отличия.', 'Differences only.')} isOn={isOn} onChange={setOn} />
              <Slider label={say('Удержание', 'Retention')} least={0} most={100} step={1} value={retention} today={64} text={format.share(retention / 100)} onChange={setRetention} />
              <Progress label={say('Пересчёт', 'Recalculating')} value={0.42} text={say('3 200 из 7 600 сделок', '3,200 of 7,600 leads')} />
            </div>
          </Section>
          <ProblemNotice problem={new ApiProblem(500, 'http500', 'The database did not answer.')} onRetry={() => undefined} />
          <Notice tone="watch"><p>{say('Себестоимость заполнена меньше чем у половины сделок.', 'Costs are known for less than half of the leads.')}</p></Notice>
          <Empty title={say('Пока нет прогноза', 'No forecast yet')} action={<Button>{say('Настроить', 'Set up')}</Button>}>
            {say('Нужно 10 клиентов и 6 месяцев истории, сейчас 7 клиентов и 4 месяца.', 'It takes 10 clients and 6 months of history; there are 7 and 4.')}
          </Empty>
          <div class="page__actions">
            <Button look="primary" onClick={() => setOpen(true)}>{say('Показать окно', 'Open a dialog')}</Button>
            <Button onClick={() => toast({ text: say('Сделка исключена', 'Lead excluded'), onUndo: () => undefined })}>{say('Исключить', 'Exclude')}</Button>
            <Button look="danger">{say('Стереть', 'Erase')}</Button>
            <Button isBusy>{say('Сохраняем', 'Saving')}</Button>
            <Button isDisabled>{say('Нельзя', 'Not now')}</Button>
          </div>
        </Page>
      </main>
      {isOpen && (
        <Dialog title={say('Пересчитать сейчас?', 'Recalculate now?')} onClose={() => setOpen(false)} actions={<><Button look="primary">{say('Пересчитать', 'Recalculate')}</Button><Button onClick={() => setOpen(false)}>{say('Отмена', 'Cancel')}</Button></>}>
          <p>{say('Это займёт около двух минут. В CRM ничего не изменится, пока вы не включите запись.', 'It takes about two minutes. Nothing changes in the CRM until you switch writing on.')}</p>
        </Dialog>
      )}
    </>
  );
}

function Doors() {
  return <>{(['none', 'used', 'expired', 'silent', 'away'] as const).map((reason) => <Door key={reason} refusal={{ reason }} isFramed={false} tries={1} isChecking={false} onRetry={() => undefined} />)}</>;
}

wear({ language, theme });
if (asked.has('framed')) document.documentElement.classList.add('framed');
render(
  <LookContext.Provider value={{ language, theme }}>
    <PageContext.Provider value={page}>
      <Toasts>{asked.has('doors') ? <Doors /> : <Gallery />}</Toasts>
    </PageContext.Provider>
  </LookContext.Provider>, document.getElementById('app')!);

if (asked.has('axe')) {
  const { default: axe } = await import('axe-core');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const { violations } = await axe.run(document);
  const told = violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact} ${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`));
  const list = document.createElement('pre');
  list.id = 'axe';
  list.textContent = told.length === 0 ? 'axe: nothing found' : told.join('\n');
  document.body.append(list);
}
