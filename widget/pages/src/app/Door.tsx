import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import { ProblemNotice } from '../parts/ProblemNotice';
import { useWords } from '../words';
import type { Refusal } from './enter';

export interface DoorProps {
  /** Null while one is entering for the first time. */
  readonly refusal: Refusal | null;
  readonly isFramed: boolean;
  /** How often it was tried so far. */
  readonly tries: number;
  readonly isChecking: boolean;
  readonly onRetry: () => void;
}

/** What stands where nobody has entered yet, or any more: why, and what to do. */
export function Door({ refusal, isFramed, tries, isChecking, onRetry }: DoorProps) {
  const words = useWords();
  const { entrance } = words;
  useEffect(() => {
    document.title = words.product;
  }, [words]);

  switch (refusal?.reason) {
    case undefined:
      return <Leaf title={isFramed ? entrance.waitingTitle : words.loading} isQuiet />;
    case 'away':
      return <Leaf title={entrance.awayTitle}><p>{entrance.away}</p><Countdown tries={tries} isChecking={isChecking} onRetry={onRetry} /></Leaf>;
    case 'silent':
      return <Leaf title={entrance.silentTitle}><p>{entrance.silent}</p><Button look="primary" isBusy={isChecking} onClick={onRetry}>{words.retry}</Button></Leaf>;
    case 'refused':
      return <Leaf title={entrance.refusedTitle}><ProblemNotice problem={refusal.problem} onRetry={onRetry} /></Leaf>;
    case 'expired':
      return <Leaf title={entrance.expiredTitle}><p>{entrance.expired}</p><Way /></Leaf>;
    case 'another':
      return <Leaf title={entrance.anotherTitle}><p>{entrance.another}</p><Way /></Leaf>;
    case 'used':
      return <Leaf title={entrance.usedTitle}><p>{entrance.used}</p><Way /></Leaf>;
    case 'none':
      return <Leaf title={entrance.title}><p>{entrance.why}</p><Way /></Leaf>;
  }
}

function Leaf({ title, isQuiet = false, children }: { title: string; isQuiet?: boolean; children?: ComponentChildren }) {
  const words = useWords();
  return (
    <main class={isQuiet ? 'door door_quiet' : 'door'}>
      <div class="door__leaf" aria-live="polite">
        <p class="door__product muted">{words.product}</p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

function Way() {
  const { entrance } = useWords();
  return (
    <>
      <ol class="door__way">{entrance.steps.map((step) => <li key={step}>{step}</li>)}</ol>
      <p class="muted">{entrance.admin}</p>
    </>
  );
}

const pauses = [5, 10, 20, 30] as const;

/** Counts down to the next check; ever longer, but never so long that one would rather reload the page. */
function Countdown({ tries, isChecking, onRetry }: Pick<DoorProps, 'tries' | 'isChecking' | 'onRetry'>) {
  const words = useWords();
  const [left, setLeft] = useState<number>(pauses[0]);

  useEffect(() => {
    if (isChecking) return undefined;
    let rest: number = pauses[Math.max(0, Math.min(tries, pauses.length) - 1)]!;
    setLeft(rest);
    const timer = setInterval(() => {
      rest -= 1;
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      onRetry();
    }, 1000);
    return () => clearInterval(timer);
  }, [tries, isChecking, onRetry]);

  return (
    <div class="door__retry">
      <Button look="primary" isBusy={isChecking} onClick={onRetry}>{isChecking ? words.entrance.awayChecking : words.entrance.awayNow}</Button>
      {/* Read out once, not every second. */}
      <span class="muted" aria-hidden="true">{isChecking ? '' : words.entrance.awayNext(`${left}\u00a0${words.count.seconds(left)}`)}</span>
    </div>
  );
}
