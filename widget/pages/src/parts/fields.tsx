import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useLook } from '../app/look';
import { useWords } from '../words';
import { numberFrom, numberText } from './number-text';

interface Described {
  readonly label: string;
  /** What it does, in a sentence. */
  readonly hint?: ComponentChildren;
  /** Why the value is not accepted. */
  readonly problem?: string | null | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

interface Ids {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
}

/** Label, hint and problem around any input; the input gets the ids that tie them together. */
export function Field({ label, hint, problem, isRequired = false, isDisabled = false, children }: Described & { readonly children: (ids: Ids) => ComponentChildren }) {
  const words = useWords();
  const id = useId();
  const isWrong = problem !== null && problem !== undefined && problem !== '';
  const described = [hint ? `${id}-hint` : '', isWrong ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div class={isWrong ? 'field field_wrong' : 'field'}>
      <label for={id}>{label}{isRequired && <span class="muted"> · {words.field.required}</span>}</label>
      {hint && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
      {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': isWrong ? true : undefined, required: isRequired, disabled: isDisabled })}
      {isWrong && <p id={`${id}-problem`} class="field__problem" role="alert">{problem}</p>}
    </div>
  );
}

export function TextField({ value, onChange, lines = 1, maxLength, placeholder, ...described }: Described & {
  readonly value: string; readonly onChange: (value: string) => void; readonly lines?: number; readonly maxLength?: number; readonly placeholder?: string;
}) {
  return (
    <Field {...described}>
      {(ids) => (lines > 1
        ? <textarea {...ids} rows={lines} maxLength={maxLength} placeholder={placeholder} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
        : <input {...ids} type="text" maxLength={maxLength} placeholder={placeholder} value={value} onInput={(event) => onChange(event.currentTarget.value)} />)}
    </Field>
  );
}

/** A number as people type it: «1 234,5». Null while the field is empty; not reported while it is no number. */
export function NumberField({ value, onChange, unit, least, most, ...described }: Described & {
  readonly value: number | null; readonly onChange: (value: number | null) => void; readonly unit?: string; readonly least?: number; readonly most?: number;
}) {
  const { language } = useLook();
  const words = useWords();
  const [typed, setTyped] = useState<{ text: string; value: number | null } | null>(null);
  // What is being typed stays as it is; a value from elsewhere replaces it.
  const text = typed !== null && typed.value === value ? typed.text : numberText(value, language);
  const isNumber = numberFrom(text) !== undefined;
  return (
    <Field {...described} problem={described.problem ?? (isNumber ? null : words.field.notNumber)}>
      {(ids) => (
        <span class="field__with-unit">
          <input {...ids} aria-invalid={ids['aria-invalid'] ?? (isNumber ? undefined : true)} type="text" inputMode="decimal" class="right" value={text}
            onInput={(event) => {
              const read = numberFrom(event.currentTarget.value);
              const next = read === undefined ? value : clamped(read, least, most);
              setTyped({ text: event.currentTarget.value, value: next });
              if (next !== value) onChange(next);
            }}
            onBlur={() => { if (isNumber) setTyped(null); }} />
          {unit !== undefined && <span class="muted">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

function clamped(value: number | null, least = -Infinity, most = Infinity): number | null {
  return value === null ? null : Math.min(most, Math.max(least, value));
}

export interface Option {
  readonly value: string;
  readonly title: string;
}

export function SelectField({ value, onChange, options, ...described }: Described & {
  readonly value: string; readonly onChange: (value: string) => void; readonly options: readonly Option[];
}) {
  return (
    <Field {...described}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {options.map((option) => <option key={option.value} value={option.value} selected={option.value === value}>{option.title}</option>)}
        </select>
      )}
    </Field>
  );
}

/** A day, `YYYY-MM-DD`, or a month, `YYYY-MM`; empty text for none. */
export function DateField({ value, onChange, of = 'date', ...described }: Described & {
  readonly value: string; readonly onChange: (value: string) => void; readonly of?: 'date' | 'month';
}) {
  return <Field {...described}>{(ids) => <input {...ids} type={of} value={value} onChange={(event) => onChange(event.currentTarget.value)} />}</Field>;
}

export function CheckField({ label, hint, isOn, onChange, isDisabled = false }: {
  readonly label: ComponentChildren; readonly hint?: ComponentChildren; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void; readonly isDisabled?: boolean;
}) {
  const id = useId();
  return (
    <div class="field field_check">
      <input id={id} type="checkbox" checked={isOn} disabled={isDisabled} aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)} />
      <label for={id}>{label}</label>
      {hint && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
    </div>
  );
}
