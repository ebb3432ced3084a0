import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
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
  const popover = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    if (!isOpen || button.current === null || popover.current === null) return;
    // Above everything: a table that scrolls would cut it off.
    popover.current.showPopover?.();
    placeBeside(popover.current, button.current.getBoundingClientRect());
  }, [isOpen]);

  useEffect(() => {
    if (!isOpen) return undefined;
    const close = () => setOpen(false);
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
    // It does not move along with what it explains.
    window.addEventListener('scroll', close, true);
    window.addEventListener('resize', close);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
      document.removeEventListener('keydown', escape);
      window.removeEventListener('scroll', close, true);
      window.removeEventListener('resize', close);
    };
  }, [isOpen]);

  return (
    <span class="explain" ref={root}>
      <button ref={button} type="button" class="explain__button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined}
        aria-label={words.explain.label(of)} onClick={() => setOpen(!isOpen)}>
        <Icon name="info" size={14} />
      </button>
      {isOpen && (
        <span class="explain__popover" id={id} role="note" popover="manual" ref={popover}>
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

/** Below the button, or above it where there is no room; inside the window in both directions. */
function placeBeside(popover: HTMLElement, button: DOMRect): void {
  const margin = 8;
  const { width, height } = popover.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = button.bottom + 4;
  const top = below + height > clientHeight - margin && button.top - 4 - height >= margin ? button.top - 4 - height : below;
  const left = Math.max(margin, Math.min(button.left - margin, clientWidth - width - margin));
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
