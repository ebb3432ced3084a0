import { beforeEach, expect, test, vi } from 'vitest';
import { hrefOf, parseRoute, replaceQuery, withQuery } from '../src/app/route';

beforeEach(() => window.history.replaceState(null, '', '/pages/'));

test('An address names area, tab and filters', () => {
  expect(parseRoute('#/analytics/segments?tier=A&rfm=5-5')).toEqual({ area: 'analytics', tab: 'segments', query: { tier: 'A', rfm: '5-5' } });
  expect(parseRoute('')).toEqual({ area: '', tab: '', query: {} });
  expect(parseRoute('#/settings')).toEqual({ area: 'settings', tab: '', query: {} });
});

test('An address that nobody wrote is read without failing', () => {
  for (const hash of ['#', '#/', '#?', '#//', '#/%E0%A4%A/x', '#/a/b/c?x=%', '#/a?b?c']) expect(() => parseRoute(hash)).not.toThrow();
  expect(parseRoute('#/a/b?channel=a?b&x').query).toEqual({ channel: 'a?b', x: '' });
});

test('What is written into an address is read from it again', () => {
  const query = { channel: 'Яндекс & "Директ" #1', manager: '7' };
  expect(parseRoute(hrefOf('analytics', 'channels', query))).toEqual({ area: 'analytics', tab: 'channels', query });
});

test('What is not chosen is left out', () => {
  expect(hrefOf('analytics', 'clients', { tier: '', manager: null, state: undefined, page: 0, isOwn: false })).toBe('#/analytics/clients?page=0&isOwn=false');
  expect(withQuery('/api/clients', {})).toBe('/api/clients');
});

test('A filter is changed in place, without a step to go back to', () => {
  window.history.replaceState(null, '', '#/analytics/clients?tier=A&manager=7');
  const before = window.history.length;
  const heard = vi.fn();
  window.addEventListener('hashchange', heard, { once: true });
  replaceQuery({ tier: 'B', manager: null });
  expect(window.location.hash).toBe('#/analytics/clients?tier=B');
  expect(window.history.length).toBe(before);
  expect(heard).toHaveBeenCalledOnce();
});
