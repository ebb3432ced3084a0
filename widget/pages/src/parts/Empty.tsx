import type { ComponentChildren } from 'preact';

export interface EmptyProps {
  /** What is missing. */
  readonly title: string;
  /** What will make it appear. */
  readonly children: ComponentChildren;
  /** The step itself, where it can be taken from here. */
  readonly action?: ComponentChildren;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty__title">{title}</p>
      <p>{children}</p>
      {action && <div class="empty__action">{action}</div>}
    </div>
  );
}
