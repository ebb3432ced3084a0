import { useId } from 'preact/hooks';

export interface TabItem {
  readonly id: string;
  readonly title: string;
  /** An address: a tab can be opened in a window of its own and sent to a colleague. */
  readonly href: string;
}

export interface TabsProps {
  /** What is chosen between, for those who do not see it. */
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly current: string;
}

export function Tabs({ label, items, current }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <a href={item.href} aria-current={item.id === current ? 'page' : undefined}>{item.title}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly title: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A few ways to look at the same thing, one of them chosen. Arrow keys move, as in every group of radio buttons. */
export function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <fieldset class="choice">
      <legend class="unseen">{label}</legend>
      {options.map((option) => (
        <label key={option.value} class={option.value === value ? 'choice__one choice__one_on' : 'choice__one'}>
          <input type="radio" class="unseen" name={id} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.title}</span>
        </label>
      ))}
    </fieldset>
  );
}
