import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { framedPart, placeInside, type VisiblePart } from '../app/visible';
import { useWords } from '../words';
import { IconButton } from './Button';

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Buttons, the one that acts first. */
  readonly actions: ComponentChildren;
  /** Escape, the cross, a click beside it. */
  readonly onClose: () => void;
}

/** Drawn while it is open. Keeps the focus inside and gives it back to where it was. */
export function Dialog({ title, children, actions, onClose }: DialogProps) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const part = framedPart();
    if (part === null) dialog.current?.showModal();
    else void part.then((seen) => dialog.current && openInside(dialog.current, seen));
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}>
      <div class="dialog__box">
        <header class="dialog__head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={words.close} onClick={onClose} />
        </header>
        <div class="dialog__body">{children}</div>
        <footer class="dialog__actions">{actions}</footer>
      </div>
    </dialog>
  );
}

/** Placed before it opens as well: opening moves the focus, and the CRM's page would scroll to wherever that is. */
function openInside(dialog: HTMLDialogElement, part: VisiblePart): void {
  placeInside(dialog, part, 'middle');
  dialog.showModal();
  placeInside(dialog, part, 'middle');
}
