import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(__dirname, '../src/style');
const tokens = readFileSync(join(folder, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = tokens.split(':root[data-theme="dark"]');

function coloursOf(css: string): Record<string, string> {
  return Object.fromEntries([...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

const texts: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['text', ['page', 'surface', 'sunken', 'good-sunken', 'watch-sunken', 'risk-sunken', 'none-sunken']],
  ['muted', ['page', 'surface', 'sunken', 'none-sunken', 'risk-sunken']],
  ['accent', ['page', 'surface', 'sunken', 'accent-sunken']],
  ['accent-text', ['accent']],
  ['good', ['page', 'surface', 'sunken', 'good-sunken']],
  ['watch', ['page', 'surface', 'sunken', 'watch-sunken']],
  ['risk', ['page', 'surface', 'sunken', 'risk-sunken']],
];

test.each([['light', coloursOf(light)], ['dark', coloursOf(dark)]] as const)('Every text of the %s theme stands at 4.5 : 1 or better, every edge at 3 : 1', (_, colours) => {
  for (const [text, surfaces] of texts) {
    for (const surface of surfaces) expect(contrast(colours[text]!, colours[surface]!), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  }
  for (const line of ['edge', 'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6']) {
    for (const surface of ['page', 'surface']) expect(contrast(colours[line]!, colours[surface]!), `${line} on ${surface}`).toBeGreaterThanOrEqual(3);
  }
});

test('Both themes define the same colours', () => {
  expect(Object.keys(coloursOf(dark)).sort()).toEqual(Object.keys(coloursOf(light)).sort());
});

test('Colours are named in one place: everywhere else they are tokens', () => {
  for (const file of readdirSync(folder).filter((name) => name !== 'tokens.css' && name !== 'print.css')) {
    expect(readFileSync(join(folder, file), 'utf8').match(/#[0-9a-f]{3,8}\b/gi), file).toBeNull();
  }
});
