import { expect, test, vi } from 'vitest';
import { TabPage } from '../src/app/Shell';
import { useQueueChange } from '../src/operations/live';
import type { Queue } from '../src/operations/model';
import { ApiProblem } from '../src/session/problem';
import { draw, drawBare, me, pass, seen } from './harness';

const tab = (load: () => Promise<{ default: () => preact.JSX.Element }>) => ({ id: 'one', title: { ru: 'Один', en: 'One' }, load });

test('A page whose file does not come since the service is away says so, and comes by itself when it is back', async () => {
  vi.useFakeTimers();
  let isAway = true;
  const load = () => (isAway ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ default: () => <h1>Пришла</h1> }));
  const get = () => (isAway ? Promise.reject(ApiProblem.unreachable()) : Promise.resolve(me as never));
  const place = await draw(<TabPage tab={tab(load)} />, { api: { get } });
  expect(seen(place.textContent)).toContain('Сервис не отвечает.');

  isAway = false;
  await pass(3_000);
  expect(place.querySelector('h1')?.textContent).toBe('Пришла');
  expect(seen(place.textContent)).not.toContain('Сервис не отвечает.');
});

test('A page whose file is gone while the service answers asks for the page to be loaded anew', async () => {
  const place = await draw(<TabPage tab={tab(() => Promise.reject(new TypeError('Failed to fetch')))} />, { api: { get: () => Promise.resolve(me as never) } });
  expect(seen(place.textContent)).toContain('Страница не смогла это показать.');
});

test('A list is read again when a run has begun and ended between two looks at the queue', async () => {
  const told = vi.fn();
  const Watch = ({ queue }: { queue: Queue | null }) => {
    useQueueChange(queue, told);
    return null;
  };
  const queue = (requests: readonly number[], running: number | null = null) => ({ running: running === null ? null : { id: running }, requests: requests.map((id) => ({ id })) }) as unknown as Queue;
  const place = await drawBare(<Watch queue={null} />);
  await drawBare(<Watch queue={queue([])} />, place);
  await drawBare(<Watch queue={queue([])} />, place);
  expect(told).not.toHaveBeenCalled();
  await drawBare(<Watch queue={queue([4])} />, place);
  await drawBare(<Watch queue={queue([])} />, place);
  expect(told).toHaveBeenCalledTimes(2);
});
