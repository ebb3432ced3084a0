import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readCard } from '../tools/archive.mjs';

const css = readCard().get('style.css').toString('utf8');

/** Name -> [red, green, blue, alpha]; a variable of the platform counts as its fallback. */
function palette(selector) {
  const body = css.slice(css.indexOf(`\n${selector} {`)).match(/\{([^}]*)\}/)[1];
  return Object.fromEntries([...body.matchAll(/--ltvw-([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, color(value)]));
}

function color(value) {
  const hex = value.match(/#([0-9a-f]{6})/);
  return hex
    ? [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16)).concat(1)
    : value.match(/rgba\(([^)]*)\)/)[1].split(',').map(Number);
}

function over(top, below) {
  return [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
}

function luminance(shown) {
  const [r, g, b] = shown.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const light = palette('.ltvw');
const dark = palette('[data-color-scheme="dark"] .ltvw');
// Panels of the platform: our own fallback, and those that its documentation and its pages show.
const themes = [['light', light, ['#ffffff', '#f5f5f5']], ['dark', { ...light, ...dark }, ['#1d232b', '#153043', '#0f2231']]];
const pairs = [['text', null], ['text', 'sunken'], ['text', 'raised'], ['muted', null], ['accent', null], ['accent', 'sunken'],
  ['watch', 'watch-surface'], ['risk', 'risk-surface'], ['risk', null], ['good', null],
  ['muted', 'sunken'], ['accent', 'accent-surface'], ['good', 'good-surface']];

for (const [theme, colors, panels] of themes) {
  for (const panel of panels) {
    test(`Every text of the ${theme} theme has a contrast of at least 4.5 on ${panel}`, () => {
      for (const [ink, paper] of pairs) {
        const ground = paper === null ? color(panel) : over(colors[paper], color(panel));
        const found = contrast(colors[ink], ground);
        assert.ok(found >= 4.5, `${ink} on ${paper ?? 'the panel'}: ${found.toFixed(2)}`);
      }
    });
  }
}

test('Both themes define the same colours', () => {
  assert.deepEqual(Object.keys(dark).sort(), Object.keys(light).sort());
});
