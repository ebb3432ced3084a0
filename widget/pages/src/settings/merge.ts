import { allKeys, type Key, valueOf, withValue } from './keys';
import { type AccountSettings, isSame } from './model';

/** Keys that two settings answer differently, in the order in which settings are shown. */
export function changedKeys(from: AccountSettings, to: AccountSettings): readonly Key[] {
  return allKeys.filter((name) => !isSame(valueOf(from, name), valueOf(to, name)));
}

/** One's own changes and somebody else's, both made from the same settings. */
export interface Merge {
  /** Theirs with one's own changes on top of them. */
  readonly settings: AccountSettings;
  /** What the other has changed. */
  readonly theirs: readonly Key[];
  /** What one has changed oneself. */
  readonly mine: readonly Key[];
  /** What both have changed, and differently: one's own stands in `settings`. */
  readonly conflicts: readonly Key[];
}

/** Settings that need each other go together: a kind without its field would be no settings. */
const bound: readonly (readonly Key[])[] = [
  ['cost.kind', 'cost.field', 'cost.marginPercent'],
  ['cac.kind', 'cac.field'],
  ['channel.kind', 'channel.field', 'channel.tags'],
  ['lifecycle.slippingAfterGaps', 'lifecycle.dormantAfterGaps', 'lifecycle.lostAfterGaps'],
  ['wonStages.extraStages', 'returns'],
];

export function merge(base: AccountSettings, mine: AccountSettings, theirs: AccountSettings): Merge {
  const own = changedKeys(base, mine);
  const other = changedKeys(base, theirs);
  const conflicts = own.filter((name) => !isSame(valueOf(mine, name), valueOf(theirs, name))
    && groupOf(name).some((near) => other.includes(near)));
  const taken = new Set(own.flatMap((name) => (conflicts.includes(name) ? groupOf(name) : [name])));
  const settings = allKeys.filter((name) => taken.has(name)).reduce((into, name) => withValue(into, name, valueOf(mine, name)), theirs);
  return { settings, theirs: other, mine: own, conflicts };
}

function groupOf(name: Key): readonly Key[] {
  return bound.find((group) => group.includes(name)) ?? [name];
}
