import type { Run, Step } from './model';
import type { OperationsWords } from './words';

export interface Told {
  readonly cause: string;
  readonly step: string;
}

/** Why a run did not do everything, and what to do; null where nothing is to be told. */
export function toldOf(run: Pick<Run, 'code' | 'error'>, words: OperationsWords): Told | null {
  if (run.code === null && run.error === null) return null;
  const known: Readonly<Record<string, Told>> = words.fault;
  return known[run.code ?? ''] ?? words.fault.unexpected;
}

/** What came of a step: the counts worth showing, zeros left out. */
export function countsOf(step: Step, words: OperationsWords, whole: (value: number) => string): string {
  const labels: Readonly<Record<string, string>> = words.counts;
  if (step.step === 'write-back' && step.counts['isEnabled'] === 0) return words.writeBackOff;
  const parts = Object.entries(step.counts)
    .filter(([name, value]) => value !== 0 && labels[name] !== undefined)
    .map(([name, value]) => `${labels[name]}: ${whole(value)}`);
  return parts.length === 0 ? words.nothingToDo : parts.join(', ');
}

/** A word of a dictionary by a name that the service gives; the name itself where the page is older than the service. */
export function named(words: Readonly<Record<string, string>>, name: string): string {
  return words[name] ?? name;
}

/** How far a step is, 0 to 1; null while it is not known how much there is to do. */
export function shareOf(step: Pick<Step, 'done' | 'total'>): number | null {
  return step.total === null || step.total <= 0 ? null : Math.min(1, step.done / step.total);
}

/** The tone of a state; never said by colour alone. */
export function toneOf(status: string): 'good' | 'watch' | 'risk' | 'none' {
  switch (status) {
    case 'finished': case 'completed': case 'confirmed': return 'good';
    case 'running': case 'interrupted': case 'cancelled': case 'partial': return 'watch';
    case 'failed': return 'risk';
    default: return 'none';
  }
}
