import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const built = join(__dirname, '../../dist/pages');
const LIMIT = 400 * 1024;

/** Everything a file loads before it runs: what it imports, and what its imports import. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(built, file), 'utf8');
  for (const [, from = ''] of text.matchAll(/(?:import|from)\s*["'](\.[^"']+\.js)["']/g)) withImports(normalize(join(dirname(file), from)), seen);
  return seen;
}

function entry(): Set<string> {
  const page = readFileSync(join(built, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file = '']) => file);
  const all = new Set(['index.html', ...files]);
  for (const file of files.filter((name) => name.endsWith('.js'))) for (const needed of withImports(file)) all.add(needed);
  return all;
}

const compressed = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file))).length, 0);

describe.skipIf(!existsSync(join(built, 'index.html')))('The built pages', () => {
  test('The first load is under 400 KB compressed, even where it shows the largest page with a chart', () => {
    const first = entry();
    // A page loads its own files and, with a chart, the engine: the worst is the first load and everything else but the other areas.
    const lazy = readdirSync(join(built, 'assets')).map((name) => `assets/${name}`).filter((file) => /\.(js|css)$/.test(file) && !first.has(file));
    const engine = lazy.filter((file) => file.startsWith('assets/engine-'));
    const pages = lazy.filter((file) => file.endsWith('.js') && !engine.includes(file));
    const largest = Math.max(0, ...pages.map((file) => compressed([...withImports(file), ...engine.flatMap((one) => [...withImports(one)])].filter((one) => !first.has(one)))));
    const whole = compressed(first) + Math.max(largest, compressed(engine));
    expect(whole, `${Math.round(whole / 1024)} KB`).toBeLessThan(LIMIT);
    // Everything is compressed: a busy machine takes its time.
  }, 60_000);

  test('The page runs files of its own alone: nothing inline, nothing from elsewhere', () => {
    const page = readFileSync(join(built, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/i);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).toContain('<meta name="amoltv-parent" content="">');
  });

  test('The charts are not part of the first load', () => {
    for (const file of entry()) expect(readFileSync(join(built, file), 'utf8').includes('zrender'), file).toBe(false);
  });
});
