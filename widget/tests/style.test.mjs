import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCard } from '../tools/archive.mjs';

const css = readCard().get('style.css').toString('utf8');

function palette(selector) {
  const body = css.slice(css.indexOf(`\n${selector} {`)).match(/\{([^}]*)\}/)[1];
  return Object.fromEntries([...body.matchAll(/--ltvw-([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color]));
}

function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const light = palette('.ltvw');
const themes = { light, dark: { ...light, ...palette('[data-color-scheme="dark"] .ltvw') } };

for (const [theme, colors] of Object.entries(themes)) {
  test(`Every text of the ${theme} theme has a contrast of at least 4.5`, () => {
    const pairs = [['text', 'surface'], ['text', 'sunken'], ['muted', 'surface'], ['accent', 'surface'], ['accent', 'sunken'],
      ['watch', 'watch-surface'], ['risk', 'risk-surface'], ['risk', 'surface'], ['good', 'surface']];
    for (const [ink, paper] of pairs) {
      assert.ok(contrast(colors[ink], colors[paper]) >= 4.5, `${ink} on ${paper}: ${contrast(colors[ink], colors[paper]).toFixed(2)}`);
    }
  });
}

test('Both themes define the same colours', () => {
  const dark = palette('[data-color-scheme="dark"] .ltvw');
  assert.deepEqual(Object.keys(dark).sort(), Object.keys(light).sort());
});
