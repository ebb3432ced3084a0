import { formKey, type Key, type ValueOf, withValue } from './keys';
import { changedKeys, merge, type Merge } from './merge';
import type { AccountSettings, SavedSettings } from './model';

/** What the form of the settings holds, whatever tab shows a part of it. */
export interface FormState {
  /** What the form began with. */
  readonly saved: SavedSettings;
  readonly draft: AccountSettings;
  /** Why the service does not take a value, by key. */
  readonly errors: Readonly<Partial<Record<Key, readonly string[]>>>;
  /** What somebody else has saved meanwhile; null while nobody has. */
  readonly theirs: SavedSettings | null;
}

export function begun(saved: SavedSettings, draft: AccountSettings = saved.settings): FormState {
  return { saved, draft, errors: {}, theirs: null };
}

/** Changes one value; what was wrong with it is forgotten, and with all that hangs on it. */
export function edited<K extends Key>(state: FormState, name: K, value: ValueOf<K>): FormState {
  const errors = Object.fromEntries(Object.entries(state.errors).filter(([key]) => key.split('.')[0] !== name.split('.')[0]));
  return { ...state, draft: withValue(state.draft, name, value), errors };
}

export function discarded(state: FormState): FormState {
  return begun(state.theirs ?? state.saved);
}

/** The keys that a save would change. */
export function unsaved(state: FormState): readonly Key[] {
  return changedKeys(state.saved.settings, state.draft);
}

/** The service's refusal, `{"cost.field": ["…"]}`, as errors of the form; what no field shows is kept under its group's first. */
export function refused(state: FormState, body: Readonly<Record<string, unknown>>): FormState {
  const errors: Partial<Record<Key, readonly string[]>> = {};
  const given = body['errors'];
  if (typeof given === 'object' && given !== null) {
    for (const [key, texts] of Object.entries(given)) {
      const name = formKey(key);
      if (name !== null && Array.isArray(texts)) errors[name] = [...(errors[name] ?? []), ...texts.map(String)];
    }
  }
  return { ...state, errors };
}

/** Somebody else has saved: their version stands beside the form until one merges or discards. */
export function overtaken(state: FormState, body: Readonly<Record<string, unknown>>): FormState {
  const current = body['current'];
  return typeof current === 'object' && current !== null && 'settings' in current
    ? { ...state, theirs: current as SavedSettings }
    : state;
}

/** What merging would make of both changes; null while nobody else has saved. */
export function mergeOf(state: FormState): Merge | null {
  return state.theirs === null ? null : merge(state.saved.settings, state.draft, state.theirs.settings);
}

/** One's own changes put on top of theirs: the next save is based on their version. */
export function merged(state: FormState): FormState {
  const both = mergeOf(state);
  return both === null || state.theirs === null ? state : begun(state.theirs, both.settings);
}
