import { expect, test } from 'vitest';
import type { Dictionary } from '../src/words';
import { shellWords } from '../src/words';

// Every area's words, as soon as it has some.
const areas = import.meta.glob<Record<string, unknown>>('../src/*/words.ts', { eager: true });

function dictionaries(): [name: string, words: Dictionary<unknown>][] {
  const found: [string, Dictionary<unknown>][] = [['shell', shellWords]];
  for (const [path, module] of Object.entries(areas)) {
    const inside = [module, ...Object.values(module)].filter((value): value is Dictionary<unknown> =>
      typeof value === 'object' && value !== null && 'ru' in value && 'en' in value);
    expect(inside.length, `${path} exports ru and en`).toBeGreaterThan(0);
    for (const words of inside) found.push([path, words]);
  }
  return found;
}

/** `a.b: function(2)`, `a.c: text`: what a translation must have in common with the other. */
function shape(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [`${path}: text`];
  if (typeof value === 'function') return [`${path}: function`];
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => shape(inner, `${path}.${key}`));
  return [`${path}: ${typeof value}`];
}

function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
  return [];
}

test('Russian and English words have equal keys in every area', () => {
  for (const [name, { ru, en }] of dictionaries()) expect(shape(en).sort(), name).toEqual(shape(ru).sort());
});

test('No text is empty', () => {
  for (const [name, { ru, en }] of dictionaries()) {
    for (const [path, text] of [...texts(ru), ...texts(en)]) expect(text.trim(), `${name}${path}`).not.toBe('');
  }
});

test('English words are free of Russian letters, but for the name of the language', () => {
  for (const [name, { en }] of dictionaries()) {
    for (const [path, text] of texts(en)) if (path !== '.language.ru') expect(text, `${name}${path}`).not.toMatch(/[а-яё]/i);
  }
});
