/** What `/api/operations` answers. Moments are ISO texts. */

export type RunStatus = 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted';
export type StepStatus = RunStatus | 'waiting' | 'skipped';
export type RequestKind = 'recalculate' | 'preview' | 'freshPreview' | 'writeBack' | 'undo';
export type Card = 'company' | 'contact' | 'lead';

export interface Step {
  readonly step: string;
  readonly status: StepStatus;
  readonly done: number;
  readonly total: number | null;
  readonly note: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface Run {
  readonly id: number;
  readonly cause: string;
  readonly kind: RequestKind | null;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly durationSeconds: number;
  readonly code: string | null;
  readonly error: string | null;
  readonly askedBy: number | null;
  readonly isCancelling: boolean;
  readonly cancelledBy: number | null;
  readonly undoes: number | null;
  readonly undoneBy: number | null;
  readonly canUndo: boolean;
  readonly steps: readonly Step[];
}

export interface ProgressEvent {
  readonly kind: 'run' | 'end' | 'beat';
  readonly run: Run | null;
}

export interface RunRequest {
  readonly id: number;
  readonly kind: RequestKind | null;
  readonly status: 'waiting' | 'begun' | 'ended' | 'dropped';
  readonly run: number | null;
  readonly undoes: number | null;
  readonly askedBy: number | null;
  readonly askedAt: string;
  readonly waitsFor: number | null;
}

export interface Queue {
  readonly running: Run | null;
  readonly requests: readonly RunRequest[];
  readonly changeMarks: number;
  readonly isValuingDue: boolean;
  readonly fieldsWaiting: number;
  readonly tasksWaiting: number;
  readonly nextNight: string | null;
  readonly cardsPerMinute: number | null;
  readonly minutesARun: number;
  readonly pausedBy: number | null;
  readonly isWriteBackOn: boolean;
  readonly syncedAt: string | null;
  readonly followedAt: string | null;
  readonly valuedAt: string | null;
}

interface FieldOfCard {
  readonly card: Card;
  readonly id: number;
  readonly cardName: string | null;
  readonly field: number;
  readonly fieldName: string | null;
  readonly fieldType: string | null;
}

export interface FieldChange extends FieldOfCard {
  readonly before: string | null;
  readonly after: string | null;
  readonly status: 'planned' | 'confirmed' | 'failed' | 'previewed' | 'skipped';
  readonly code: string | null;
  readonly reason: string | null;
}

export interface ChangeGroup {
  readonly card: Card;
  readonly field: number;
  readonly fieldName: string | null;
  readonly status: FieldChange['status'];
  readonly code: string | null;
  readonly reason: string | null;
  readonly fields: number;
}

export interface UndoPreview {
  readonly run: number;
  readonly cards: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly readAt: string | null;
}

export interface Conflict extends FieldOfCard {
  readonly seen: number;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly seenAt: string;
  readonly stoppedAt: string | null;
}

export interface ConnectionPart {
  readonly code: string;
  readonly since: string | null;
  readonly until: string | null;
  readonly detail: string | null;
  readonly ru: { readonly text: string; readonly nextStep: string };
  readonly en: { readonly text: string; readonly nextStep: string };
}

export interface Connection {
  readonly host: string;
  readonly code: string;
  readonly isWorking: boolean;
  readonly state: ConnectionPart;
  readonly notices: readonly ConnectionPart[];
}

export interface Exchange {
  readonly id: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly failure: string | null;
  readonly durationMs: number;
  readonly requestId: string | null;
  readonly attempt: number;
  readonly isInteractive: boolean;
}

export interface TaskTotal {
  readonly kind: string;
  readonly waiting: number;
  readonly created: number;
  readonly open: number;
  readonly completed: number;
  readonly gone: number;
  readonly boughtSince: number;
  readonly failed: number;
}

export interface TasksSummary {
  readonly isEnabled: boolean;
  readonly dailyCap: number;
  readonly totals: readonly TaskTotal[];
}

export interface CustomerTask {
  readonly kind: string;
  readonly client: 'company' | 'contact';
  readonly id: number;
  readonly name: string | null;
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly status: string;
  readonly responsible: number | null;
  readonly foundAt: string;
  readonly sentAt: string | null;
  readonly completedAt: string | null;
  readonly result: string | null;
  readonly boughtOn: string | null;
  readonly error: string | null;
}
