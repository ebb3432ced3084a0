import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useWords } from '../words';
import { Icon } from './icons';

export interface ExplainProps {
  /** What is explained; the button says «Что значит «…»». */
  readonly of: string;
  /** The definition in a sentence or two. */
  readonly children: ComponentChildren;
  /** The formula with this account's or client's numbers: `120 400 ₽ × 2,1 × 4,9`. */
  readonly formula?: ComponentChildren;
}

/** A question mark that opens an explanation; closed by Escape, a second click, or a look elsewhere. */
export function Explain({ of, children, formula }: ExplainProps) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
      document.removeEventListener('keydown', escape);
    };
  }, [isOpen]);

  return (
    <span class="explain" ref={root}>
      <button ref={button} type="button" class="explain__button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined}
        aria-label={words.explain.label(of)} onClick={() => setOpen(!isOpen)}>
        <Icon name="info" size={14} />
      </button>
      {isOpen && (
        <span class="explain__popover" id={id} role="note" ref={keepInside}>
          <strong>{of}</strong>
          <span>{children}</span>
          {formula && (
            <span class="explain__formula">
              <span class="muted">{words.explain.formula}</span>
              <span>{formula}</span>
            </span>
          )}
        </span>
      )}
    </span>
  );
}

/** Moves what would stick out of the window's right or left edge back inside. */
export function keepInside(popover: HTMLElement | null): void {
  if (popover === null) return;
  const margin = 8;
  const { left, right } = popover.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - margin);
  const shift = over > 0 ? Math.max(margin - left, -over) : Math.max(0, margin - left);
  if (shift !== 0) popover.style.translate = `${shift}px`;
}
