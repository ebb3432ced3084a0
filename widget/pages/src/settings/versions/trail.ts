import type { SettingsWords } from '../words';

export interface TrailLine {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What a change of tasks, notices, write-back or currency changed, property by property, in words. */
export function trailLines(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, words: SettingsWords): readonly TrailLine[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .map((name) => (isList(before[name]) || isList(after[name])
      ? listLine(name, before[name], after[name], words)
      : { name: nameOf(name, words), from: said(before[name], words), to: said(after[name], words) }));
}

/** Of long lists only what came and went. */
function listLine(name: string, before: unknown, after: unknown, words: SettingsWords): TrailLine {
  const [was, is] = [texts(before), texts(after)];
  const gone = was.filter((text) => !is.includes(text));
  const come = is.filter((text) => !was.includes(text));
  return { name: nameOf(name, words), from: gone.join(', ') || words.none, to: come.join(', ') || words.none };
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function nameOf(name: string, words: SettingsWords): string {
  return (words.versions.properties as Readonly<Record<string, string>>)[name] ?? name;
}

function said(value: unknown, words: SettingsWords): string {
  if (value === null || value === undefined || value === '') return words.none;
  return typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value);
}
