export interface WriteBackOutput {
  readonly entity: 'company' | 'contact' | 'lead';
  readonly output: string;
  readonly code: string;
  readonly type: 'numeric' | 'text' | 'date' | 'dateTime';
  readonly fieldName: string;
  readonly field: number | null;
  readonly isOurs: boolean;
  readonly isOn: boolean;
  readonly offReason: 'admin' | 'deleted' | 'retyped' | 'reading' | null;
  readonly trouble: 'deleted' | 'retyped' | null;
}

export interface WriteBackDocument {
  readonly isEnabled: boolean;
  readonly cardsPerMinute: number | null;
  readonly minutesARun: number;
  readonly pausedByRun: number | null;
  readonly language: 'ru' | 'en' | null;
  readonly outputs: readonly WriteBackOutput[];
  /** Names what was read; a change carries it. */
  readonly seen: string;
}

export interface WriteBackChoice {
  readonly entity: WriteBackOutput['entity'];
  readonly output: string;
  readonly name: string;
  readonly type: WriteBackOutput['type'];
  /** Null where the field would be made. */
  readonly field: number | null;
  readonly isKnown: boolean;
}

/** Which numbers are wanted: on companies and contacts together, and on deals. */
export interface Wish {
  readonly customers: readonly string[];
  readonly leads: readonly string[];
}

/** Written only together with another number: alone it would change every night. */
const COMPANION = 'calculated_at';

/** What is recommended where nothing was chosen yet: what people filter and sort by. */
export const recommended: Wish = {
  customers: ['ltv', 'bought', 'purchases', 'last_purchase', 'expected', 'repeat_probability', 'tier', 'lifecycle', COMPANION],
  leads: [],
};

/** Whether it is written, or will be once what stands in its field is read. */
export const isChosen = ({ isOn, offReason }: WriteBackOutput): boolean => isOn || offReason === 'reading';

/** What is written now; where nothing ever was, what is recommended. */
export function wishOf({ outputs }: WriteBackDocument): Wish {
  if (outputs.every((output) => output.field === null)) return recommended;
  const on = (isLead: boolean) => [...new Set(outputs.filter((one) => isChosen(one) && (one.entity === 'lead') === isLead).map((one) => one.output))];
  return { customers: on(false), leads: on(true) };
}

/** Whether anything would be written: the companion alone is nothing. */
export function isEmpty({ customers, leads }: Wish): boolean {
  return leads.length === 0 && customers.every((output) => output === COMPANION);
}

/** Fields that are written now and would no longer be. */
export function stopped({ outputs }: WriteBackDocument, { customers, leads }: Wish): readonly WriteBackOutput[] {
  return outputs.filter((one) => isChosen(one) && !(one.entity === 'lead' ? leads : customers).includes(one.output));
}
