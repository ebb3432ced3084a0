import { expect, test, vi } from 'vitest';
import Changes from '../../src/operations/Changes';
import Conflicts from '../../src/operations/Conflicts';
import Exchanges from '../../src/operations/Exchanges';
import type { FieldChange, ProgressEvent, Queue, Run } from '../../src/operations/model';
import Runs from '../../src/operations/Runs';
import { countsOf, shareOf, toldOf } from '../../src/operations/telling';
import { fieldText } from '../../src/operations/value';
import { operationsWords } from '../../src/operations/words';
import { createFormat } from '../../src/format';
import { ApiProblem } from '../../src/session/problem';
import { shellWords } from '../../src/words';
import { button, click, draw, hostile, pass, seen, settle } from '../harness';

const run: Run = {
  id: 12, cause: 'manual', kind: 'recalculate', status: 'running', startedAt: '2026-11-22T06:00:00Z', finishedAt: null, durationSeconds: 5, code: null, error: null,
  askedBy: 7, isCancelling: false, cancelledBy: null, undoes: null, undoneBy: null, canUndo: false,
  steps: [
    { step: 'sync', status: 'running', done: 320, total: 1000, note: 'leads', counts: {}, startedAt: '2026-11-22T06:00:00Z', finishedAt: null },
    { step: 'recalculate', status: 'waiting', done: 0, total: null, note: null, counts: {}, startedAt: null, finishedAt: null },
  ],
};
const over: Run = {
  ...run, status: 'finished', finishedAt: '2026-11-22T06:01:00Z', durationSeconds: 60,
  steps: run.steps.map((step) => ({ ...step, status: 'finished', counts: { leads: 1000, missing: 0 } })),
};
const queue: Queue = {
  running: null, requests: [], changeMarks: 0, isValuingDue: false, fieldsWaiting: 0, tasksWaiting: 0, nextNight: '2026-11-23T00:00:00Z', cardsPerMinute: null,
  minutesARun: 120, pausedBy: null, isWriteBackOn: true, syncedAt: null, followedAt: null, valuedAt: null,
};
const change: FieldChange = {
  card: 'company', id: 5, cardName: hostile, field: 9, fieldName: hostile, fieldType: 'text', before: '<b>x</b>', after: hostile, status: 'previewed', code: null, reason: hostile,
};

type Hear = (event: ProgressEvent) => void;

/** A service whose streams are held open until the test ends or breaks them. */
function service(answers: (path: string) => unknown) {
  const streams: { hear: Hear; end: () => void; fail: (problem: ApiProblem) => void }[] = [];
  const post = vi.fn((_path: string, _body?: unknown): Promise<unknown> => Promise.resolve({ id: 1 }));
  const api = {
    get: <T,>(path: string): Promise<T> => {
      const answer = answers(path);
      return answer === undefined ? Promise.reject(new ApiProblem(404, 'unknownRun')) : Promise.resolve(answer as T);
    },
    download: vi.fn((_path: string, _name: string) => Promise.resolve()),
    post: post as <T>(path: string, body?: unknown) => Promise<T>,
    stream: <T,>(_path: string, onEvent: (event: T) => void) => new Promise<void>((resolve, reject) => {
      streams.push({ hear: onEvent as unknown as Hear, end: resolve, fail: reject });
    }),
  };
  return { api, streams, post };
}

test('A running run is followed by its stream, connected again when it breaks, and ends in the history', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  let isOver = false;
  const { api, streams } = service((path) => (path.startsWith('/api/operations/queue')
    ? { ...queue, running: isOver ? null : run }
    : { items: isOver ? [over] : [], next: null }));
  const place = await draw(<Runs />, { api });
  expect(seen(place.textContent)).toContain('320 из 1 000');
  expect(streams).toHaveLength(1);

  streams[0]!.hear({ kind: 'run', run: { ...run, steps: run.steps.map((step) => (step.step === 'sync' ? { ...step, done: 640 } : step)) } });
  await settle();
  expect(seen(place.textContent)).toContain('640 из 1 000');

  streams[0]!.fail(ApiProblem.unreachable());
  await settle();
  expect(seen(place.textContent)).toContain('соединяемся с сервисом');
  await pass(3_500);
  expect(streams).toHaveLength(2);

  isOver = true;
  streams[1]!.hear({ kind: 'end', run: over });
  streams[1]!.end();
  await settle();
  await pass(60_000);
  expect(streams, 'A run that is over is not followed').toHaveLength(2);
  expect(place.querySelector('.operations-live')).toBeNull();
  expect(seen(place.textContent)).toContain('Готово');
});

test('A run is asked for once, and stopped when the admin wants it', async () => {
  const { api, post } = service((path) => (path.startsWith('/api/operations/queue') ? { ...queue, running: run } : { items: [], next: null }));
  const place = await draw(<Runs />, { api });

  await click(button(place, 'Пересчитать сейчас'));
  await click(button(place, 'Остановить'));

  expect(post.mock.calls.map(([path, body]) => [path, body])).toEqual([
    ['/api/operations/requests', { kind: 'recalculate' }],
    ['/api/operations/runs/12/cancel', undefined],
  ]);
});

test('A run that is asked for already cannot be asked for again', async () => {
  const waiting = { id: 4, kind: 'recalculate', status: 'waiting', run: null, undoes: null, askedBy: 7, askedAt: run.startedAt, waitsFor: 11 };
  const { api } = service((path) => (path.startsWith('/api/operations/queue') ? { ...queue, requests: [waiting] } : { items: [], next: null }));
  const place = await draw(<Runs />, { api });

  expect(button(place, 'Пересчитать сейчас')?.disabled).toBe(true);
  expect(seen(place.textContent)).toContain('ждёт, пока закончится запуск № 11');
});

test('Changes show what a card is called as text, whatever it is called, and ask before they are written', async () => {
  const preview: Run = { ...over, id: 13, kind: 'preview', steps: [{ ...over.steps[0]!, step: 'preview', counts: { fieldsToWrite: 1 } }] };
  const { api, post } = service((path) => (path.startsWith('/api/operations/queue') ? queue
    : path.endsWith('/changes/summary') ? [{ card: 'company', field: 9, fieldName: hostile, status: 'previewed', code: null, reason: null, fields: 1 }]
    : path.includes('/changes') ? { items: [change], next: null }
    : { items: [preview], next: null }));
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
  const place = await draw(<Changes />, { api });

  expect(place.querySelector('img, b')).toBeNull();
  expect((window as unknown as { struck?: number }).struck).toBeUndefined();
  expect(place.textContent).toContain(hostile);
  await click(button(place, 'Скачать CSV'));
  expect(api.download).toHaveBeenCalledWith('/api/operations/runs/13/changes.csv?language=ru', 'changes-13.csv');
  await click(button(place, 'Записать в CRM…'));
  expect(seen(place.textContent), 'The comparison that is shown, by its number and moment').toContain('По сравнению № 13 от 22 нояб. 2026, 09:00 изменится 1 поле.');
  expect(post).not.toHaveBeenCalled();
  await click(button(place, 'Записать'));
  expect(post.mock.calls[0]).toEqual(['/api/operations/requests', { kind: 'writeBack' }]);
});

test('What is typed into the filter of calls goes into the address, and what comes into the address elsewhere is not written over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const go = async (hash: string) => {
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new Event('hashchange'));
    await settle();
    await pass(0);
  };
  await go('#/operations/exchanges');
  const place = await draw(<Exchanges />, { api: service(() => ({ items: [], next: null })).api });
  const field = place.querySelector<HTMLInputElement>('input')!;
  const type = async (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  };
  await type('/leads');
  await pass(1_000);
  expect(window.location.hash).toBe('#/operations/exchanges?path=%2Fleads');

  await go('#/operations/exchanges');
  await pass(1_000);
  expect([field.value, window.location.hash]).toEqual(['', '#/operations/exchanges']);

  await type('/cont');
  await go('#/operations/exchanges?path=%2Fcompanies');
  await pass(1_000);
  expect([field.value, window.location.hash]).toEqual(['/companies', '#/operations/exchanges?path=%2Fcompanies']);
  await go('#/');
});

test('A conflict is decided card by card', async () => {
  const conflict = { card: 'company', id: 5, cardName: hostile, field: 9, fieldName: 'LTV', fieldType: 'numeric', seen: 2, ours: '1200.5', theirs: '<img onerror=x>', seenAt: run.startedAt, stoppedAt: null };
  const { api, post } = service(() => ({ items: [conflict], next: null }));
  const place = await draw(<Conflicts />, { api });

  expect(seen(place.textContent)).toContain('1 200,5');
  expect(place.querySelector('img')).toBeNull();
  await click(button(place, 'Писать снова'));
  expect(post.mock.calls[0]?.[0]).toBe('/api/operations/conflicts/company/5/9/resume');
});

test('Every error is told with its next step, an unknown one too', () => {
  const { ru, en } = operationsWords;
  for (const words of [ru, en]) {
    for (const code of [...Object.keys(words.fault), 'of a newer service']) {
      const told = toldOf({ code, error: 'x' }, words);
      expect(told?.cause, code).toBeTruthy();
      expect(told?.step, code).toBeTruthy();
    }
  }
  expect(toldOf({ code: null, error: null }, ru)).toBeNull();
});

test('Counts of a step leave out zeros and what has no word', () => {
  expect(countsOf({ ...over.steps[0]!, counts: { leads: 10, missing: 0, whatever: 3 } }, operationsWords.ru, String)).toBe('сделок: 10');
  expect(countsOf({ ...over.steps[0]!, counts: {} }, operationsWords.ru, String)).toBe(operationsWords.ru.nothingToDo);
  expect(countsOf({ ...over.steps[0]!, step: 'write-back', counts: { isEnabled: 0 } }, operationsWords.ru, String)).toBe(operationsWords.ru.writeBackOff);
  expect([shareOf({ done: 1, total: 4 }), shareOf({ done: 5, total: 4 }), shareOf({ done: 1, total: null }), shareOf({ done: 0, total: 0 })]).toEqual([0.25, 1, null, null]);
});

test('Values of fields are shown as people know them', () => {
  const format = createFormat({ language: 'ru', words: shellWords.ru, currency: { code: 'RUB', symbol: '₽' }, timeZone: 'Europe/Moscow' });
  expect(seen(fieldText('1234567.5', 'numeric', format))).toBe('1 234 567,5');
  expect(seen(fieldText('1767214800', 'date', format))).toBe('1 янв. 2026');
  expect(fieldText('Золото', 'text', format)).toBe('Золото');
  expect(fieldText('', 'numeric', format)).toBeNull();
  expect(fieldText('x', 'numeric', format)).toBe('x');
});
