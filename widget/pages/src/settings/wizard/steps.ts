/** The steps of the first set-up, in their order; the last two come after the settings are saved. */
export const steps = ['purchases', 'money', 'customers', 'channels', 'horizon', 'preview', 'fields', 'done'] as const;

export type Step = (typeof steps)[number];

export function isStep(value: unknown): value is Step {
  return typeof value === 'string' && (steps as readonly string[]).includes(value);
}

export function stepAfter(step: Step): Step {
  return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)]!;
}

export function stepBefore(step: Step): Step | null {
  const index = steps.indexOf(step);
  // What is saved is not unsaved by going back.
  return index <= 0 || index > steps.indexOf('preview') ? null : steps[index - 1]!;
}

/** Whether a step asks for the settings, which are not saved before `preview` is left. */
export function isDrafting(step: Step): boolean {
  return steps.indexOf(step) <= steps.indexOf('preview');
}
