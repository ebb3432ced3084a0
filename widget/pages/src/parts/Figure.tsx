import type { ComponentChildren } from 'preact';
import { useWords } from '../words';
import { Explain } from './Explain';
import { Icon } from './icons';

/** What a colour says: good, to be watched, at risk, not enough data. Never said by colour alone. */
export type Tone = 'good' | 'watch' | 'risk' | 'none';

export interface Change {
  /** Formatted, with its sign: `+42 тыс. ₽`. */
  readonly text: string;
  readonly direction: 'up' | 'down' | 'flat';
  /** Whether that is good news; growth of losses is not. */
  readonly tone: Tone;
  /** `за месяц`. */
  readonly since?: string;
}

export interface FigureProps {
  readonly label: string;
  /** Formatted; null where there is no number, `note` then says why. */
  readonly value: string | null;
  /** Shown on hover and read out: `1 234 567,00 ₽`. */
  readonly exact?: string;
  /** `выручка` or `валовая прибыль`: every amount says its basis. */
  readonly basis?: string;
  readonly change?: Change | null;
  readonly note?: ComponentChildren;
  readonly explain?: { readonly text: ComponentChildren; readonly formula?: ComponentChildren };
  /** The list of what stands behind the number. */
  readonly href?: string;
  readonly size?: 'headline' | 'usual';
}

/** A number that explains itself and opens what it is made of. */
export function Figure({ label, value, exact, basis, change, note, explain, href, size = 'usual' }: FigureProps) {
  const words = useWords();
  const shown = value === null
    ? <span class="figure__value figure__value_none">{words.none}</span>
    : <span class="figure__value" title={exact}>{value}{exact !== undefined && exact !== value && <span class="unseen"> ({exact})</span>}</span>;
  return (
    <div class={`figure figure_${size}`} role="group" aria-label={label}>
      <div class="figure__label">
        <span>{label}{basis !== undefined && <span class="muted"> · {basis}</span>}</span>
        {explain && <Explain of={label} formula={explain.formula}>{explain.text}</Explain>}
      </div>
      {href === undefined ? shown : <a class="figure__link" href={href}>{shown}</a>}
      {change && <ChangeLine {...change} />}
      {note && <div class="figure__note">{note}</div>}
    </div>
  );
}

function ChangeLine({ text, direction, tone, since }: Change) {
  const words = useWords();
  return (
    <div class={`change tone_${tone}`}>
      <Icon name={direction} size={12} />
      <span>
        <span class="unseen">{direction === 'up' ? words.change.up : direction === 'down' ? words.change.down : words.change.none} </span>
        {text}
      </span>
      {since !== undefined && <span class="muted">{since}</span>}
    </div>
  );
}

/** Figures side by side, as many as there is room for. */
export function Figures({ children }: { children: ComponentChildren }) {
  return <div class="figures">{children}</div>;
}

/** A state in words, with its icon and colour. */
export function State({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`state tone_${tone}`}><Icon name={tone} size={14} /><span>{children}</span></span>;
}
