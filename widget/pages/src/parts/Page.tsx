import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../words';

export interface PageProps {
  readonly title: string;
  /** One sentence of what one sees here. */
  readonly sentence: ComponentChildren;
  /** Buttons and filters beside the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

let isFirst = true;

/** One screen: its title, its sentence, what it shows. Takes the focus when one comes to it from another, so that it is read out and in sight. */
export function Page({ title, sentence, actions, children }: PageProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  useEffect(() => {
    // Not at the first page of a visit: a frame that takes the focus pulls the CRM's page down to itself.
    if (isFirst) isFirst = false;
    else heading.current?.focus();
  }, []);
  return (
    <article class="page">
      <header class="page__head">
        <div class="page__name">
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          <p class="page__sentence">{sentence}</p>
        </div>
        {actions && <div class="page__actions">{actions}</div>}
      </header>
      {children}
    </article>
  );
}

/** A part of a page with a title of its own. */
export function Section({ title, sentence, actions, children }: { title: string; sentence?: ComponentChildren; actions?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="section" aria-label={title}>
      <header class="section__head">
        <div>
          <h2>{title}</h2>
          {sentence && <p class="muted">{sentence}</p>}
        </div>
        {actions && <div class="page__actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
