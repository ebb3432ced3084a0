import type { Format } from '../../format';
import type { ShellWords } from '../../words';
import type { SettingsWords } from '../words';
import type { PreviewFigures, PreviewTotals } from './model';

/** One number, old and new. */
export interface PreviewLine {
  readonly id: string;
  readonly label: string;
  readonly old: string;
  readonly new: string;
  readonly isChanged: boolean;
}

interface Words {
  readonly words: SettingsWords;
  readonly shell: ShellWords;
  readonly format: Format;
}

/** The account's numbers, line by line; a number that neither side has is left out. */
export function accountLines(old: PreviewTotals, next: PreviewTotals, { words, shell, format }: Words): readonly PreviewLine[] {
  const { figures } = words.preview;
  const sum = (totals: PreviewTotals) => Object.values(totals.excluded).reduce((all, count) => all + count, 0);
  return lines(old, next, [
    ['purchases', figures.purchases, (t) => format.whole(t.purchases)],
    ['excluded', figures.excluded, (t) => format.whole(sum(t))],
    ['revenue', figures.revenue, (t) => format.money(t.revenue)],
    ['clients', figures.clients, (t) => format.whole(t.clients)],
    ['meanLtv', figures.meanLtv, (t) => format.money(t.meanLtv)],
    ['sumLtv', figures.sumLtv, (t) => format.money(t.sumLtv)],
    ['basis', figures.basis, (t) => shell.basis[t.basis]],
    ['aov', figures.aov, (t) => format.money(t.averageOrderValue)],
    ['perYear', figures.perYear, (t) => format.rate(t.purchasesPerYear)],
    ['lifetime', figures.lifetime, (t) => format.years(t.lifetimeYears)],
    ['expected', figures.expected, (t) => format.money(t.expected)],
    ['margin', figures.margin, (t) => (t.marginPercent === null ? shell.none : words.values.percent(format.number(t.marginPercent, 1)))],
    ['coverage', figures.coverage, (t) => (t.marginPercent === null ? shell.none : format.share(t.costCoverage))],
    ['meanCac', figures.meanCac, (t) => format.money(t.meanCac)],
  ], shell.none);
}

/** A client's numbers, line by line. */
export function clientLines(old: PreviewFigures | null, next: PreviewFigures | null, { words, shell, format }: Words): readonly PreviewLine[] {
  const { figures } = words.preview;
  const of = (say: (client: PreviewFigures) => string) => (client: PreviewFigures | null) => (client === null ? words.preview.notClient : say(client));
  return lines(old, next, [
    ['ltv', words.kinds.headline[next?.kind ?? old?.kind ?? 'formula'], of((c) => (c.ltv === null ? words.preview.noLtv : format.money(c.ltv)))],
    ['bought', words.kinds.headline.historical, of((c) => format.money(c.bought))],
    ['purchases', shell.count.purchases(5), of((c) => format.whole(c.purchases))],
    ['aov', figures.aov, of((c) => format.money(c.averageOrderValue))],
    ['perYear', figures.perYear, of((c) => format.rate(c.purchasesPerYear))],
    ['lifetime', figures.lifetime, of((c) => format.years(c.lifetimeYears))],
    ['expected', figures.expected, of((c) => format.expected(c.expected))],
    ['cac', words.keys['cac.kind'], of((c) => format.money(c.cac))],
    ['tier', words.keys.tiers, of((c) => c.tier ?? shell.none)],
    ['lifecycle', words.preview.lifecycle, of((c) => stateName(c.lifecycle, words) ?? shell.none)],
  ], shell.none);
}

export function stateName(state: string | null, words: SettingsWords): string | null {
  return state === null ? null : (words.preview.states as Readonly<Record<string, string>>)[state] ?? state;
}

export function reasonName(reason: string, words: SettingsWords): string {
  return (words.preview.reasons as Readonly<Record<string, string>>)[reason] ?? reason;
}

function lines<Of>(
  old: Of, next: Of, said: readonly (readonly [id: string, label: string, say: (of: Of) => string])[], none: string,
): readonly PreviewLine[] {
  return said
    .map(([id, label, say]) => ({ id, label, old: say(old), new: say(next), isChanged: say(old) !== say(next) }))
    .filter((line) => line.old !== none || line.new !== none);
}
