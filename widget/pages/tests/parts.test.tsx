import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  Button, Chart, Choice, Client, DataTable, Dialog, Empty, Explain, Figure, ListTable, Loaded, NumberField, orderOf, orderText, Page, ProblemNotice, Progress, Slider, TextField, useToast,
  type Column,
} from '../src/parts';
import { tip } from '../src/parts/chart/style';
import { numberFrom, numberText } from '../src/parts/number-text';
import { sorted } from '../src/parts/order';
import { Toasts } from '../src/parts/Toast';
import { LookContext } from '../src/app/look';
import { useAction, useList, useQuery, useStream } from '../src/session';
import { ApiProblem } from '../src/session/problem';
import { button, click, draw, drawBare, hostile, pass, press, seen, settle, type } from './harness';

// jsdom lays nothing out, so nothing can be drawn in it.
const engine = vi.hoisted(() => ({ ended: 0, scaled: 0 }));
vi.mock('../src/parts/chart/engine', () => ({
  startDrawing: () => ({ draw: () => undefined, scale: () => { engine.scaled += 1; }, resize: () => undefined, end: () => { engine.ended += 1; } }),
}));

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly ltv: number | null;
}

const rows: readonly Row[] = [{ id: 1, name: 'Север', ltv: 200 }, { id: 2, name: hostile, ltv: null }, { id: 3, name: 'Ёлка 10', ltv: 1000 }, { id: 4, name: 'Ёлка 9', ltv: -5 }];
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Клиент', cell: (row) => <Client kind="company" id={row.id} name={row.name} />, value: (row) => row.name },
  { id: 'ltv', title: 'LTV', align: 'right', cell: (row) => row.ltv, value: (row) => row.ltv },
  { id: 'plain', title: 'Без порядка', cell: () => '·' },
];
const table = (props: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) => <DataTable caption="Клиенты" columns={columns} rows={rows} rowKey={(row) => row.id} {...props} />;
const names = (place: Element) => [...place.querySelectorAll('tbody th')].map((cell) => cell.textContent);
const ids = (place: Element) => [...place.querySelectorAll<HTMLAnchorElement>('tbody th a')].map((link) => Number(link.href.split('/').pop()));
const head = (place: Element, at: number) => place.querySelectorAll('thead th')[at]!;

beforeEach(() => {
  // jsdom has dialogs, but cannot open them.
  vi.stubGlobal('ResizeObserver', class { observe() { /* Nothing has a size here. */ } disconnect() { /* Nothing is held. */ } });
  HTMLDialogElement.prototype.showModal = function showModal() { this.open = true; };
});
afterEach(() => {
  delete (window as { struck?: unknown }).struck;
});

test('A client\'s name is words, whatever it holds, and leads to its card', async () => {
  const place = await draw(table());
  expect(names(place)[1]).toBe(hostile);
  expect(place.querySelector('img')).toBeNull();
  expect((window as { struck?: unknown }).struck).toBeUndefined();
  expect(place.querySelector<HTMLAnchorElement>('tbody a')?.href).toBe('https://acme.amocrm.ru/companies/detail/1');
});

test('Numbers begin with the largest, words with the first letter, and a second click turns them', async () => {
  const place = await draw(table());
  await click(head(place, 1).querySelector('button'));
  expect(ids(place)).toEqual([3, 1, 4, 2]);
  expect(head(place, 1).getAttribute('aria-sort')).toBe('descending');
  await click(head(place, 1).querySelector('button'));
  expect(ids(place)).toEqual([4, 1, 3, 2]);
  await click(head(place, 0).querySelector('button'));
  expect(ids(place)[0]).toBe(4);
  expect(head(place, 0).getAttribute('aria-sort')).toBe('ascending');
  expect(head(place, 1).hasAttribute('aria-sort')).toBe(false);
});

test('What is unknown stays last in both directions, and equals keep their order', () => {
  const of = (isDescending: boolean) => sorted([{ n: 1, k: 'a' }, { n: null, k: 'b' }, { n: 2, k: 'c' }, { n: 1, k: 'd' }, { n: null, k: 'e' }], (row) => row.n, { by: 'n', isDescending }).map((row) => row.k).join('');
  expect([of(false), of(true)]).toEqual(['adcbe', 'cadbe']);
});

test('A column without a value does not sort', async () => {
  expect(head(await draw(table()), 2).querySelector('button')).toBeNull();
});

test('Where the service sorts, the rows stay as they came and the wish is told', async () => {
  const onOrder = vi.fn();
  const place = await draw(table({ order: { by: 'ltv', isDescending: true }, onOrder }));
  expect(ids(place)).toEqual([1, 2, 3, 4]);
  await click(head(place, 1).querySelector('button'));
  expect(onOrder).toHaveBeenCalledWith({ by: 'ltv', isDescending: false });
});

test('An order is written into an address and read again', () => {
  expect([orderText({ by: 'ltv', isDescending: true }), orderOf('-ltv'), orderOf('name'), orderOf('')]).toEqual(['-ltv', { by: 'ltv', isDescending: true }, { by: 'name', isDescending: false }, null]);
});

test('A table is named, scrolls by keyboard and heads its rows', async () => {
  const place = await draw(table());
  const region = place.querySelector('[role=region]')!;
  expect(region.getAttribute('tabindex')).toBe('0');
  expect(place.querySelector(`[id="${region.getAttribute('aria-labelledby')}"]`)?.textContent).toBe('Клиенты');
  expect(place.querySelectorAll('tbody th[scope=row]')).toHaveLength(4);
});

test('A table without rows says so and offers no file', async () => {
  const onDownload = vi.fn(async () => undefined);
  const place = await draw(table({ rows: [], onDownload }));
  expect(place.textContent).toContain('Здесь пока пусто');
  expect(place.querySelector('table')).toBeNull();
  expect(button(place, 'Скачать CSV')).toBeUndefined();
  expect((await draw(table({ rows: [], empty: <Empty title="Нет продаж">Выиграйте сделку.</Empty> }))).textContent).toContain('Нет продаж');
});

test('A file is asked for once, however often one clicks', async () => {
  let finish: () => void = () => undefined;
  const onDownload = vi.fn(() => new Promise<void>((resolve) => { finish = resolve; }));
  const place = await draw(table({ onDownload }));
  await click(button(place, 'Скачать CSV'));
  await click(button(place, 'Готовим файл…'));
  expect(onDownload).toHaveBeenCalledOnce();
  finish();
  await settle();
  expect(button(place, 'Скачать CSV')).toBeDefined();
});

function listApi(pages: Record<string, { items: Row[]; next: string | null }>) {
  const asked: string[] = [];
  const get = async <T,>(path: string): Promise<T> => {
    asked.push(path);
    const page = pages[new URL(path, 'http://x').searchParams.get('cursor') ?? 'first'];
    if (page === undefined) throw new ApiProblem(500, 'http500');
    return structuredClone(page) as T;
  };
  return { asked, get };
}

test('A list brings its next page by cursor, puts it behind the first, and ends', async () => {
  const { asked, get } = listApi({ first: { items: [rows[0]!], next: 'two&?' }, 'two&?': { items: [rows[2]!], next: null } });
  const place = await draw(<ListTable<Row> caption="Клиенты" path="/api/clients" filters={{ tier: 'A', month: null }} columns={columns} rowKey={(row) => row.id} order={{ by: 'ltv', isDescending: true }} />, { api: { get } });
  expect(ids(place)).toEqual([1]);
  await click(button(place, 'Показать ещё'));
  expect(ids(place)).toEqual([1, 3]);
  expect(button(place, 'Показать ещё')).toBeUndefined();
  expect(asked).toEqual(['/api/clients?tier=A&order=-ltv&limit=50', '/api/clients?tier=A&order=-ltv&limit=50&cursor=two%26%3F']);
});

test('A list sorted anew begins at its first page', async () => {
  const { asked, get } = listApi({ first: { items: [rows[0]!], next: 'two' }, two: { items: [rows[2]!], next: null } });
  const place = await draw(<ListTable<Row> caption="Клиенты" path="/api/clients" columns={columns} rowKey={(row) => row.id} order={{ by: 'ltv', isDescending: true }} />, { api: { get } });
  await click(button(place, 'Показать ещё'));
  await click(head(place, 1).querySelector('button'));
  expect(asked.at(-1)).toBe('/api/clients?order=ltv&limit=50');
  expect(ids(place)).toEqual([1]);
});

test('A next page that fails leaves the rows and says what to do', async () => {
  const { get } = listApi({ first: { items: [rows[0]!], next: 'lost' } });
  const place = await draw(<ListTable<Row> caption="Клиенты" path="/api/clients" columns={columns} rowKey={(row) => row.id} />, { api: { get } });
  await click(button(place, 'Показать ещё'));
  expect(ids(place)).toEqual([1]);
  expect(place.querySelector('[role=alert]')?.textContent).toContain('Повторите через минуту');
});

function Asking({ path }: { path: string }) {
  return <Loaded query={useQuery<string>(path)}>{(data) => <p class="data">{data}</p>}</Loaded>;
}

test('What is loaded keeps its place while it is on its way, and the old while a newer one is', async () => {
  const answers = new Map<string, (value: unknown) => void>();
  const get = <T,>(path: string) => new Promise<T>((resolve) => { answers.set(path, resolve as (value: unknown) => void); });
  const place = await draw(<Asking path="/api/a" />, { api: { get } });
  expect(place.querySelector('.waiting')).not.toBeNull();
  expect(place.querySelector('[aria-busy=true]')).not.toBeNull();
  answers.get('/api/a')!('первое');
  await settle();
  expect(place.querySelector('.data')?.textContent).toBe('первое');
  expect(place.querySelector('[aria-busy=false]')).not.toBeNull();
});

test('An answer that comes after a newer question is not shown', async () => {
  const answers = new Map<string, (value: unknown) => void>();
  const get = <T,>(path: string) => new Promise<T>((resolve) => { answers.set(path, resolve as (value: unknown) => void); });
  function Switching() {
    return <Choice label="Путь" value="a" options={[{ value: 'a', title: 'a' }]} onChange={() => undefined} />;
  }
  let path = '/api/a';
  const api = { get };
  const place = await draw(<><Switching /><Asking path={path} /></>, { api });
  path = '/api/b';
  const second = await draw(<Asking path={path} />, { api });
  answers.get('/api/b')!('второе');
  answers.get('/api/a')!('первое');
  await settle();
  expect(second.querySelector('.data')?.textContent).toBe('второе');
  expect(place.querySelector('.data')?.textContent).toBe('первое');
});

test('A service that is away is asked again by itself, and what was shown stays', async () => {
  vi.useFakeTimers();
  let turn = 0;
  const get = async <T,>(): Promise<T> => {
    turn += 1;
    if (turn === 2) throw ApiProblem.unreachable();
    return `ответ ${turn}` as T;
  };
  function Reloading() {
    const query = useQuery<string>('/api/a');
    return <><Button onClick={query.reload}>Ещё раз</Button><Loaded query={query}>{(data) => <p class="data">{data}</p>}</Loaded></>;
  }
  const place = await draw(<Reloading />, { api: { get } });
  await click(button(place, 'Ещё раз'));
  expect(place.querySelector('.data')?.textContent).toBe('ответ 1');
  expect(place.querySelector('[role=alert]')?.textContent).toContain('Сервис не отвечает');
  await pass(3_000);
  expect(place.querySelector('.data')?.textContent).toBe('ответ 3');
  expect(place.querySelector('[role=alert]')).toBeNull();
});

/** A question that can be asked again and changed, answered by turns. */
async function changing(...answers: (string | ApiProblem)[]) {
  const asked: string[] = [];
  const get = async <T,>(path: string) => {
    asked.push(path);
    const answer = answers.shift();
    if (answer instanceof ApiProblem) throw answer;
    return (answer === undefined ? new Promise(() => undefined) : answer) as T;
  };
  function Changing() {
    const [path, setPath] = useState('/api/a');
    const query = useQuery<string>(path);
    return (
      <>
        <Button onClick={query.reload}>Ещё раз</Button>
        <Button onClick={() => setPath('/api/b')}>Другое</Button>
        <Loaded query={query}>{(data) => <p class="data">{data}</p>}</Loaded>
      </>
    );
  }
  const place = await draw(<Changing />, { api: { get } });
  return { asked, place, data: () => place.querySelector('.data')?.textContent, alert: () => place.querySelector('[role=alert]')?.textContent };
}

test.each([new ApiProblem(403, 'notAdmin'), new ApiProblem(404, 'run')])('What the service refuses by now is not shown any more: %s', async (refusal) => {
  const { place, data, alert } = await changing('первое', refusal);
  expect(data()).toBe('первое');
  await click(button(place, 'Ещё раз'));
  expect(data()).toBeUndefined();
  expect(alert()).toBeDefined();
});

test('What somebody works on stays while the widget around the frame is silent', async () => {
  const { place, data, alert } = await changing('первое', ApiProblem.ended());
  await click(button(place, 'Ещё раз'));
  expect(data()).toBe('первое');
  expect(alert()).toContain('Сеанс закончился');
});

test.each([new ApiProblem(403, 'notAnalyst'), new ApiProblem(422, 'range'), ApiProblem.unreachable()])(
  'An old answer is not shown in place of another question that failed: %s', async (failure) => {
    vi.useFakeTimers();
    const { place, data, alert, asked } = await changing('первое', failure);
    await click(button(place, 'Другое'));
    expect(asked).toEqual(['/api/a', '/api/b']);
    expect(data()).toBeUndefined();
    expect(alert()).toBeDefined();
  });

test('The failure of one question is not shown under the next', async () => {
  const { place, alert } = await changing(new ApiProblem(403, 'notAnalyst'));
  expect(alert()).toBeDefined();
  await click(button(place, 'Другое'));
  expect(alert()).toBeUndefined();
  expect(place.querySelector('.waiting')).not.toBeNull();
});

test('More of a list is not asked for by the cursor of another one', async () => {
  const asked: string[] = [];
  const get = <T,>(path: string) => {
    asked.push(path);
    return (asked.length === 1 ? Promise.resolve({ items: [1], next: 'of-a' }) : new Promise(() => undefined)) as Promise<T>;
  };
  function Listing() {
    const [path, setPath] = useState('/api/list?of=a');
    const list = useList<number>(path);
    return <><Button onClick={() => setPath('/api/list?of=b')}>Другое</Button>{list.more && <Button onClick={list.more}>Ещё</Button>}</>;
  }
  const place = await draw(<Listing />, { api: { get } });
  await click(button(place, 'Другое'));
  await click(button(place, 'Ещё'));
  expect(asked).toEqual(['/api/list?of=a', '/api/list?of=b']);
});

test.each([
  [new ApiProblem(401, 'ended'), 'Сеанс закончился', 'Обновите страницу CRM'],
  [new ApiProblem(403, 'notAdmin'), 'только администратор', 'Попросите администратора'],
  [new ApiProblem(403, 'notAnalyst'), 'нет доступа', 'Попросите администратора'],
  [new ApiProblem(404, 'lead'), 'больше нет', 'Вернитесь'],
  [new ApiProblem(409, 'stale'), 'изменил кто-то другой', 'Обновите страницу'],
  [new ApiProblem(422, 'range'), 'не принял', 'Проверьте'],
  [new ApiProblem(429, 'tooMany'), 'много запросов', 'Подождите'],
  [new ApiProblem(503, 'http503'), 'ошибка', 'Повторите'],
  [ApiProblem.unreachable(), 'не отвечает', 'Проверьте подключение'],
])('A problem %s names its cause and the next step', async (problem, cause, step) => {
  const place = await draw(<ProblemNotice problem={problem} />);
  expect(place.querySelector('[role=alert]')?.textContent).toContain(cause);
  expect(place.textContent).toContain(step);
});

test('What the service said stands below as words', async () => {
  const place = await draw(<ProblemNotice problem={new ApiProblem(422, 'range', hostile)} />);
  expect(place.querySelector('.notice__detail')?.textContent).toContain(hostile);
  expect(place.querySelector('img')).toBeNull();
});

test('An explanation opens, is tied to its button, and gives the focus back on Escape', async () => {
  const place = await draw(<Explain of="LTV" formula="2 × 3">Сколько стоит клиент.</Explain>);
  const asking = button(place, 'Что значит «LTV»')!;
  expect(asking.getAttribute('aria-expanded')).toBe('false');
  await click(asking);
  const note = place.querySelector('[role=note]')!;
  expect(asking.getAttribute('aria-controls')).toBe(note.id);
  expect(note.textContent).toContain('Сколько стоит клиент.');
  expect(note.textContent).toContain('2 × 3');
  await press('Escape');
  expect(place.querySelector('[role=note]')).toBeNull();
  expect(document.activeElement).toBe(asking);
});

test('An explanation closes when one looks elsewhere', async () => {
  const place = await draw(<><Explain of="LTV">…</Explain><input /></>);
  await click(button(place, 'Что значит «LTV»'));
  place.querySelector('input')!.focus();
  await settle();
  expect(place.querySelector('[role=note]')).toBeNull();
});

test('A figure reads out its exact value, its change in words, and leads to its list', async () => {
  const place = await draw(<Figure label="Стоимость базы" basis="выручка" value="1,2 млн ₽" exact="1 234 567,00 ₽" href="#/analytics/clients"
    change={{ text: '−42 тыс. ₽', direction: 'down', tone: 'risk', since: 'за месяц' }} />);
  const link = place.querySelector('a')!;
  expect([link.getAttribute('href'), link.textContent]).toEqual(['#/analytics/clients', '1,2 млн ₽ (1 234 567,00 ₽)']);
  expect(place.querySelector('.figure__value')?.getAttribute('title')).toBe('1 234 567,00 ₽');
  expect(place.querySelector('.change')?.textContent).toBe('меньше на −42 тыс. ₽за месяц');
  expect(place.textContent).toContain('выручка');
});

test('A figure that is not known is a dash with its reason, never 0', async () => {
  const place = await draw(<Figure label="LTV : CAC" value={null} note="Затраты не заданы." />);
  expect(place.querySelector('.figure__value')?.textContent).toBe('–');
  expect(place.textContent).toContain('Затраты не заданы.');
});

test('A number is read as people type it', () => {
  expect([numberFrom('1 234,5'), numberFrom('1\u00a0234.5'), numberFrom('−3'), numberFrom(' '), numberFrom('12abc'), numberFrom('1,2,3'), numberFrom('-'), numberFrom(',5')])
    .toEqual([1234.5, 1234.5, -3, null, undefined, undefined, undefined, 0.5]);
  expect([numberText(1234.5, 'ru'), numberText(1234.5, 'en'), numberText(null, 'ru')]).toEqual(['1234,5', '1234.5', '']);
});

test('A field tells numbers alone, keeps what is typed, and says what is wrong', async () => {
  const onChange = vi.fn();
  const place = await draw(<NumberField label="Срок" value={12} onChange={onChange} least={3} most={60} />);
  const input = place.querySelector('input')!;
  await type(input, '24,');
  expect(onChange).toHaveBeenLastCalledWith(24);
  await type(input, '900');
  expect(onChange).toHaveBeenLastCalledWith(60);
  await type(input, 'двенадцать');
  expect(onChange).toHaveBeenCalledTimes(2);
  expect(input.value).toBe('двенадцать');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(place.querySelector(`[id="${input.getAttribute('aria-describedby')}"]`)?.textContent).toContain('Введите число');
});

test('A field ties its label, its hint and its problem to the input', async () => {
  const place = await draw(<TextField label="Название" hint="Видно всем." problem="Уже занято." value="" onChange={() => undefined} isRequired />);
  const input = place.querySelector('input')!;
  expect(place.querySelector('label')?.htmlFor).toBe(input.id);
  const described = input.getAttribute('aria-describedby')!.split(' ').map((id) => place.querySelector(`[id="${id}"]`)?.textContent);
  expect(described).toEqual(['Видно всем.', 'Уже занято.']);
  expect([input.required, input.getAttribute('aria-invalid')]).toEqual([true, 'true']);
});

test('A slider says its value in words', async () => {
  const onChange = vi.fn();
  const place = await draw(<Slider label="Удержание" value={72} least={0} most={100} step={1} today={64} text="72 %" onChange={onChange} />);
  const input = place.querySelector('input')!;
  expect(input.getAttribute('aria-valuetext')).toBe('72 %');
  await type(input, '80');
  expect(onChange).toHaveBeenCalledWith(80);
});

test('Progress is bounded, and open where nobody knows how much there is', async () => {
  const bar = async (value: number | null) => (await draw(<Progress label="Пересчёт" value={value} text="3 из 10" />)).querySelector('[role=progressbar]')!;
  expect((await bar(1.7)).getAttribute('aria-valuenow')).toBe('100');
  expect((await bar(null)).hasAttribute('aria-valuenow')).toBe(false);
  expect((await bar(0.3)).getAttribute('aria-valuetext')).toBe('3 из 10');
});

test('A dialog is named, closes by its cross and by Escape, and gives the focus back', async () => {
  const before = document.createElement('button');
  document.body.append(before);
  before.focus();
  const onClose = vi.fn();
  const host = document.createElement('div');
  const place = await draw(<Dialog title="Пересчитать?" onClose={onClose} actions={<Button>Да</Button>}>…</Dialog>);
  const dialog = place.querySelector('dialog')!;
  expect(dialog.open).toBe(true);
  expect(place.querySelector(`[id="${dialog.getAttribute('aria-labelledby')}"]`)?.textContent).toBe('Пересчитать?');
  await click(button(place, 'Закрыть'));
  const cancel = new Event('cancel', { cancelable: true });
  dialog.dispatchEvent(cancel);
  expect([onClose.mock.calls.length, cancel.defaultPrevented]).toEqual([2, true]);
  host.remove();
  await drawBare(null, place);
  expect(document.activeElement).toBe(before);
  before.remove();
});

test('A dialog of a framed page opens where the eye is, not in the middle of a page of many screens', async () => {
  vi.stubGlobal('IntersectionObserver', class {
    constructor(private readonly tell: (seen: readonly { intersectionRect: { top: number; height: number } }[]) => void) {}
    observe() { this.tell([{ intersectionRect: { top: 2400, height: 800 } }]); }
    disconnect() { /* Nothing is held. */ }
  });
  document.documentElement.classList.add('framed');
  const dialog = (await draw(<Dialog title="Пересчитать?" onClose={() => undefined} actions={null}>…</Dialog>)).querySelector('dialog')!;
  document.documentElement.classList.remove('framed');
  expect([dialog.style.top, dialog.style.maxHeight]).toEqual(['2800px', '768px']);
});

function Doing({ onUndo }: { onUndo: () => void }) {
  const toast = useToast();
  return <Button onClick={() => toast({ text: 'Сделка исключена', onUndo })}>Исключить</Button>;
}

test('What was done is said and can be taken back for a while', async () => {
  vi.useFakeTimers();
  const onUndo = vi.fn();
  const place = await draw(<Toasts><Doing onUndo={onUndo} /></Toasts>);
  await click(button(place, 'Исключить'));
  expect(place.querySelector('[role=status]')?.textContent).toContain('Сделка исключена');
  await click(button(place, 'Отменить'));
  expect(onUndo).toHaveBeenCalledOnce();
  expect(place.querySelector('.toast')).toBeNull();
  await click(button(place, 'Исключить'));
  await pass(10_000);
  expect(place.querySelector('.toast')).toBeNull();
});

test('A busy button keeps its focus and does nothing', async () => {
  const onClick = vi.fn();
  const place = await draw(<Button isBusy onClick={onClick}>Сохраняем</Button>);
  const one = place.querySelector('button')!;
  one.focus();
  await click(one);
  expect(onClick).not.toHaveBeenCalled();
  expect([one.disabled, one.getAttribute('aria-busy'), document.activeElement === one]).toEqual([false, 'true', true]);
});

test('A page names itself and takes the focus when one comes to it from another, but not from the CRM around', async () => {
  await draw(<Page title="Обзор" sentence="…">…</Page>);
  expect(document.title).toBe('Обзор · LTV клиента');
  expect(document.activeElement).toBe(document.body);
  const second = await draw(<Page title="Сегменты" sentence="…">…</Page>);
  expect(document.activeElement).toBe(second.querySelector('h1'));
});

test('A chart\'s tooltip is made of words', () => {
  const box = tip(hostile, [{ label: hostile, value: '<script>1</script>', colour: 'red' }]);
  expect(box.querySelector('img, script')).toBeNull();
  expect(seen(box.textContent)).toContain(hostile);
});

test('A chart is a table at a click, every cell as words', async () => {
  const place = await draw(<Chart title="Выручка" description="Выручка по месяцам." option={() => ({})} table={{ columns: ['Месяц', 'Выручка'], rows: [[hostile, '120 ₽']] }} />);
  expect(place.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('Выручка по месяцам.');
  await click(button(place, 'Показать таблицей'));
  expect(place.querySelector('tbody th')?.textContent).toBe(hostile);
  expect(place.querySelector('img')).toBeNull();
  await click(button(place, 'Показать графиком'));
  expect(place.querySelector('table')).toBeNull();
});

test('A chart is drawn anew for every theme and for paper, and cleared away with its page', async () => {
  const option = vi.fn(() => ({}));
  const chart = <Chart title="Выручка" description="…" option={option} table={{ columns: [], rows: [] }} />;
  const place = await drawBare(<LookContext.Provider value={{ language: 'ru', theme: 'light' }}>{chart}</LookContext.Provider>);
  await drawBare(<LookContext.Provider value={{ language: 'ru', theme: 'dark' }}>{chart}</LookContext.Provider>, place);
  expect(option).toHaveBeenCalledTimes(2);
  window.dispatchEvent(new Event('beforeprint'));
  expect([option.mock.calls.length, engine.scaled]).toEqual([3, 1]);
  await drawBare(null, place);
  window.dispatchEvent(new Event('beforeprint'));
  expect(option).toHaveBeenCalledTimes(3);
  expect(engine.ended).toBeGreaterThan(0);
});

function Following({ onEvent }: { onEvent: (event: unknown) => void }) {
  const { isLive, problem } = useStream('/api/runs/stream', onEvent);
  return <p>{isLive ? 'на связи' : problem === null ? 'нет связи' : problem.code}</p>;
}

test('A stream that breaks is followed again, and its events go on', async () => {
  vi.useFakeTimers();
  const heard: unknown[] = [];
  let turn = 0;
  const stream = async <T,>(_: string, onEvent: (event: T) => void) => {
    turn += 1;
    onEvent({ turn } as T);
    throw ApiProblem.unreachable();
  };
  const place = await draw(<Following onEvent={(event) => heard.push(event)} />, { api: { stream } });
  expect(place.textContent).toBe('unreachable');
  await pass(3_000);
  await pass(3_000);
  expect(heard).toEqual([{ turn: 1 }, { turn: 2 }, { turn: 3 }]);
});

test('A stream that is refused is not asked again', async () => {
  vi.useFakeTimers();
  const stream = vi.fn(() => Promise.reject(new ApiProblem(403, 'notAdmin')));
  const place = await draw(<Following onEvent={() => undefined} />, { api: { stream } });
  await pass(120_000);
  expect(stream).toHaveBeenCalledOnce();
  expect(place.textContent).toBe('notAdmin');
});

function Saving({ act }: { act: () => Promise<string> }) {
  const save = useAction<void, string>(() => act());
  return <><Button isBusy={save.isRunning} onClick={() => void save.run()}>Сохранить</Button>{save.problem && <ProblemNotice problem={save.problem} />}</>;
}

test('A write is done once however often one clicks, and its failure is told', async () => {
  let fail: (error: unknown) => void = () => undefined;
  const act = vi.fn(() => new Promise<string>((_, reject) => { fail = reject; }));
  const place = await draw(<Saving act={act} />);
  await click(button(place, 'Сохранить'));
  await click(button(place, 'Сохранить'));
  expect(act).toHaveBeenCalledOnce();
  fail(new ApiProblem(409, 'stale'));
  await settle();
  expect(place.querySelector('[role=alert]')?.textContent).toContain('изменил кто-то другой');
});
