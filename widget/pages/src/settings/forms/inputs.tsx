import { type ComponentChildren, toChildArray } from 'preact';
import { useId } from 'preact/hooks';
import { IconButton, NumberField, SelectField, type Option } from '../../parts';
import { useWords } from '../../words';
import { nameOfStage, stageName } from '../describe';
import type { SettingsForm } from '../form';
import type { Key } from '../keys';
import { type CatalogField, isSame, type StageKey } from '../model';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';

/** What is wrong with a key, in the page's own words; null where nothing is. */
export function useErrorOf(form: SettingsForm): (key: Key) => string | null {
  const words = useWords(settingsWords);
  return (key) => (form.state.errors[key] === undefined ? null : words.allowed[key]);
}

/** A group of the form with a heading. */
export function Group({ title, hint, children }: { title: string; hint?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="group" aria-label={title}>
      <h2>{title}</h2>
      {hint && <p class="field__hint">{hint}</p>}
      {children}
    </section>
  );
}

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly hint?: string;
}

/** One of a few, each with a sentence of what it means; below the chosen one what belongs to it alone. */
export function Radios<Value extends string>({ label, isLabelHidden = false, options, value, onChange, recommended, children }: {
  label: string; isLabelHidden?: boolean; options: readonly RadioOption<Value>[]; value: Value; onChange: (value: Value) => void; recommended?: Value; children?: ComponentChildren;
}) {
  const words = useWords(settingsWords);
  const name = useId();
  return (
    <fieldset class="radios">
      <legend class={isLabelHidden ? 'unseen' : undefined}>{label}</legend>
      {options.map((option) => (
        <div key={option.value} class="radios__one">
          <label>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.title}{option.value === recommended && <span class="mark">{words.recommended}</span>}</span>
          </label>
          {option.hint && <p class="field__hint">{option.hint}</p>}
          {option.value === value && toChildArray(children).length > 0 && <div class="radios__more">{children}</div>}
        </div>
      ))}
    </fieldset>
  );
}

/** A custom field of the CRM, or what stands in its place. */
export function FieldSelect({ label, hint, none, fields, of, value, onChange, problem }: {
  label: string; hint?: string; none: string | null; fields: readonly CatalogField[]; of: CatalogField['kind']; value: number | null;
  onChange: (value: number | null) => void; problem?: string | null;
}) {
  const words = useWords(settingsWords);
  const fitting = fields.filter((field) => field.kind === of);
  const options: Option[] = [
    ...(none === null ? (value === null ? [{ value: '', title: words.mustChoose }] : []) : [{ value: '', title: none }]),
    ...fitting.filter((field) => !field.isOurs || field.id === value).map((field) => ({ value: String(field.id), title: titleOf(field, words) })),
    ...(value !== null && !fitting.some((field) => field.id === value) ? [{ value: String(value), title: words.fieldGone(String(value)) }] : []),
  ];
  return (
    <SelectField label={label} hint={hint} problem={problem} options={options} value={value === null ? '' : String(value)}
      onChange={(text) => onChange(text === '' ? null : Number(text))} />
  );
}

function titleOf(field: CatalogField, words: { ourField: (name: string) => string; unreadField: (name: string) => string }): string {
  return field.isOurs ? words.ourField(field.name) : field.isRead ? field.name : words.unreadField(field.name);
}

/** Stages chosen one after the other from a list of all pipelines. */
export function StageList<Item>({ label, hint, add, form, items, stageOf, itemOf, onChange, taken, extra, problem }: {
  label: string; hint: string; add: string; form: SettingsForm; items: readonly Item[]; stageOf: (item: Item) => StageKey; itemOf: (stage: StageKey) => Item;
  onChange: (items: readonly Item[]) => void; taken: readonly StageKey[]; extra?: (item: Item, change: (item: Item) => void) => ComponentChildren; problem?: string | null;
}) {
  const words = useWords(settingsWords);
  const telling = useTelling(form.catalog);
  const chosen = items.map(stageOf);
  const free = form.catalog.pipelines.flatMap((pipeline) => pipeline.stages
    .map((stage) => ({ key: { pipeline: pipeline.id, status: stage.id }, title: words.stage(pipeline.name, nameOfStage(stage.id, stage.name, words)) }))
    .filter(({ key }) => ![...chosen, ...taken].some((one) => isSame(one, key))));
  return (
    <div class="stage-list">
      {items.map((item) => {
        const name = stageName(stageOf(item), telling);
        return (
          <div key={`${stageOf(item).pipeline}:${stageOf(item).status}`} class="stage-list__one">
            <span>{name}</span>
            {extra?.(item, (next) => onChange(items.map((one) => (one === item ? next : one))))}
            <IconButton icon="close" label={words.purchases.removeStage(name)} onClick={() => onChange(items.filter((one) => one !== item))} />
          </div>
        );
      })}
      <SelectField label={label} hint={hint} problem={problem} value="" options={[
        { value: '', title: add },
        ...free.map(({ key, title }) => ({ value: `${key.pipeline}:${key.status}`, title })),
      ]} onChange={(text) => {
        const [pipeline, status] = text.split(':').map(Number);
        if (pipeline !== undefined && status !== undefined) onChange([...items, itemOf({ pipeline, status })]);
      }} />
    </div>
  );
}

/** A number that may not be left empty: an emptied field keeps the last one until it is typed anew. */
export function NeededNumber(props: Omit<Parameters<typeof NumberField>[0], 'onChange' | 'value'> & { value: number; onChange: (value: number) => void }) {
  return <NumberField {...props} onChange={(value) => { if (value !== null) props.onChange(value); }} />;
}

/** Several of a list, each with a box. */
export function Checks({ label, hint, options, chosen, onChange, empty, problem }: {
  label: string; hint?: string; options: readonly { readonly id: number; readonly title: string }[]; chosen: readonly number[];
  onChange: (chosen: readonly number[]) => void; empty?: string; problem?: string | null;
}) {
  return (
    <fieldset class={problem ? 'checks field_wrong' : 'checks'}>
      <legend>{label}</legend>
      {hint && <p class="field__hint">{hint}</p>}
      {options.length === 0 && empty && <p class="muted">{empty}</p>}
      <div class="checks__list">
        {options.map((option) => (
          <label key={option.id}>
            <input type="checkbox" checked={chosen.includes(option.id)}
              onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, option.id] : chosen.filter((id) => id !== option.id))} />
            <span>{option.title}</span>
          </label>
        ))}
      </div>
      {problem && <p class="field__problem" role="alert">{problem}</p>}
    </fieldset>
  );
}
