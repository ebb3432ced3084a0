import { describe, expect, test } from 'vitest';
import { begun, discarded, edited, merged, mergeOf, overtaken, refused, unsaved } from '../../src/settings/form-state';
import { allKeys, formKey, tabOf, valueOf, withValue } from '../../src/settings/keys';
import { defaults, saved } from './defaults';

describe('The form of the settings', () => {
  test('has nothing to save until a value is other than saved', () => {
    const form = begun(saved(1));

    expect(unsaved(form)).toEqual([]);
    expect(unsaved(edited(form, 'horizonMonths', 24))).toEqual(['horizonMonths']);
    expect(unsaved(edited(edited(form, 'horizonMonths', 24), 'horizonMonths', 12))).toEqual([]);
  });

  test('changes one value and leaves the settings it began with alone', () => {
    const form = edited(begun(saved(1)), 'cost.kind', 'field');

    expect(form.draft.cost).toEqual({ kind: 'field', field: null, marginPercent: null });
    expect(form.saved.settings.cost.kind).toBe('none');
    expect(defaults.cost.kind).toBe('none');
  });

  test('shows a refusal at its field until the value, or one it hangs on, is changed', () => {
    const form = refused(begun(saved(1)), { errors: { 'cost.field': ['is needed'], 'tiers.thresholds': ['do not cut'], unknown: ['x'], horizonMonths: 'no list' } });

    expect(Object.keys(form.errors)).toEqual(['cost.field', 'tiers']);
    expect(Object.keys(edited(form, 'cost.kind', 'none').errors)).toEqual(['tiers']);
    expect(Object.keys(edited(form, 'horizonMonths', 24).errors)).toEqual(['cost.field', 'tiers']);
  });

  test('discards to what is in force, theirs where somebody has saved meanwhile', () => {
    const form = edited(begun(saved(1)), 'horizonMonths', 24);
    const theirs = saved(2, { ...defaults, discountPercent: 10 });

    expect(discarded(form)).toEqual(begun(saved(1)));
    expect(discarded(overtaken(form, { current: theirs }))).toEqual(begun(theirs));
  });

  test('is not overtaken by an answer that names no settings', () => {
    const form = begun(saved(1));

    expect(overtaken(form, {})).toBe(form);
    expect(overtaken(form, { current: 'nothing' })).toBe(form);
    expect(merged(form)).toBe(form);
  });
});

describe('Two who save at once', () => {
  const mine = edited(begun(saved(1)), 'horizonMonths', 24);

  test('merge without a conflict where they changed different things', () => {
    const form = overtaken(mine, { current: saved(2, { ...defaults, discountPercent: 10 }) });

    expect(mergeOf(form)).toMatchObject({ mine: ['horizonMonths'], theirs: ['discountPercent'], conflicts: [] });
    expect(merged(form).draft).toMatchObject({ horizonMonths: 24, discountPercent: 10 });
    expect(merged(form).saved.version).toBe(2);
    expect(unsaved(merged(form))).toEqual(['horizonMonths']);
  });

  test('keep the own value where both changed the same thing, and are told', () => {
    const form = overtaken(mine, { current: saved(2, { ...defaults, horizonMonths: 6 }) });

    expect(mergeOf(form)?.conflicts).toEqual(['horizonMonths']);
    expect(merged(form).draft.horizonMonths).toBe(24);
  });

  test('have no conflict where both did the same', () => {
    const form = overtaken(mine, { current: saved(2, { ...defaults, horizonMonths: 24 }) });

    expect(mergeOf(form)?.conflicts).toEqual([]);
    expect(unsaved(merged(form))).toEqual([]);
  });

  test('never get half of what belongs together', () => {
    const own = edited(edited(begun(saved(1)), 'cost.kind', 'field'), 'cost.field', 7);
    const theirs = { ...defaults, cost: { kind: 'fixedMargin', field: null, marginPercent: 40 } as const };

    const draft = merged(overtaken(own, { current: saved(2, theirs) })).draft;

    expect(draft.cost).toEqual({ kind: 'field', field: 7, marginPercent: null });
  });
});

describe('The keys of the form', () => {
  test('each give back what was put in, and lie on one tab', () => {
    for (const key of allKeys) {
      expect(withValue(defaults, key, valueOf(defaults, key) as never), key).toEqual(defaults);
      expect(tabOf[key], key).toBeDefined();
    }
  });

  test('know the keys of the service, the parts of tiers too', () => {
    expect(formKey('horizonMonths')).toBe('horizonMonths');
    expect(formKey('tiers.names')).toBe('tiers');
    expect(formKey('constructor')).toBeNull();
    expect(formKey('other')).toBeNull();
  });
});
