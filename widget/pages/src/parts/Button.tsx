import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icons';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (() => void) | undefined;
  readonly type?: 'button' | 'submit';
  /** One primary button a screen at most; `plain` looks like a link; `danger` takes something away. */
  readonly look?: 'primary' | 'usual' | 'plain' | 'danger';
  readonly icon?: IconName;
  /** Shows that it works, and keeps from a second click, without losing the focus. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  /** Says more than the visible words where these repeat on a page; must contain them. */
  readonly label?: string;
}

export function Button({ children, onClick, type = 'button', look = 'usual', icon, isBusy = false, isDisabled = false, label }: ButtonProps) {
  return (
    <button type={type} class={`button button_${look}`} disabled={isDisabled} aria-disabled={isBusy || undefined} aria-busy={isBusy || undefined}
      aria-label={label}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.();
      }}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button of an icon alone; its words are read out and shown on hover. */
export function IconButton({ icon, label, onClick, isPressed }: { icon: IconName; label: string; onClick: () => void; isPressed?: boolean }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={isPressed} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
