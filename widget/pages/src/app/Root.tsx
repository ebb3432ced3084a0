import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Toasts } from '../parts/Toast';
import { createFormat } from '../format';
import type { Parent } from '../session/parent';
import { shellWords } from '../words';
import type { Area } from './area';
import { PageContext, type PageState } from './context';
import { Door } from './Door';
import { type Entered, type Entrance, EntryRefused, type Refusal } from './enter';
import type { OwnChoices } from './Header';
import { keepLook, wear } from './first-look';
import { type Look, LookContext } from './look';
import { Shell } from './Shell';

export interface RootProps {
  readonly entrance: Entrance;
  /** Null where the page stands alone. */
  readonly parent: Parent | null;
  readonly firstLook: Look;
  readonly areas: readonly Area[];
}

type Step = { readonly kind: 'entering' } | { readonly kind: 'in'; readonly entered: Entered } | { readonly kind: 'out'; readonly refusal: Refusal };

/** Lets people in, and out; above it nothing, below it everything has a session. */
export function Root({ entrance, parent, firstLook, areas }: RootProps) {
  const [look, setLook] = useState(firstLook);
  const [step, setStep] = useState<Step>({ kind: 'entering' });
  const [tries, setTries] = useState(0);
  const [isChecking, setChecking] = useState(false);

  const change = useCallback((next: Look) => {
    wear(next);
    setLook(next);
    if (parent === null) keepLook(next);
  }, [parent]);

  useEffect(() => parent?.listen((message) => {
    if (message.kind === 'names') return;
    setLook((old) => {
      const next = {
        theme: message.theme ?? old.theme,
        language: message.kind === 'session' ? message.language ?? old.language : old.language,
      };
      wear(next);
      return next;
    });
  }), [parent]);

  const enter = useCallback(() => {
    setChecking(true);
    entrance.enter().then(
      (entered) => {
        entered.session.onEnded((why) => setStep({ kind: 'out', refusal: { reason: why } }));
        setStep({ kind: 'in', entered });
      },
      (error: unknown) => {
        if (!(error instanceof EntryRefused)) throw error;
        setStep({ kind: 'out', refusal: error.refusal });
      }).finally(() => {
      setTries((old) => old + 1);
      setChecking(false);
    });
  }, [entrance]);
  useEffect(enter, [enter]);

  const isSilent = step.kind === 'out' && step.refusal.reason === 'silent';
  // A widget that found its voice after all: whoever looks need not press anything.
  useEffect(() => (isSilent ? parent?.listen((message) => {
    if (message.kind === 'session') enter();
  }) : undefined), [isSilent, parent, enter]);

  const own = useMemo(() => ({ onLook: change, onLeave: () => setStep({ kind: 'out', refusal: { reason: 'none' } }) }), [change]);
  return (
    <LookContext.Provider value={look}>
      {step.kind === 'in'
        ? <Inside entered={step.entered} look={look} areas={areas} own={parent === null ? own : null} />
        : <Door refusal={step.kind === 'out' ? step.refusal : null} isFramed={parent !== null} tries={tries} isChecking={isChecking} onRetry={enter} />}
    </LookContext.Provider>
  );
}

function Inside({ entered, look, areas, own }: { entered: Entered; look: Look; areas: readonly Area[]; own: OwnChoices | null }) {
  const { me, api, names, isFramed } = entered;
  const state = useMemo((): PageState => {
    const { currency, currencySymbol, timeZone } = me.account;
    const format = createFormat({
      language: look.language, words: shellWords[look.language], currency: { code: currency, symbol: currencySymbol }, timeZone,
    });
    return { me, api, names, isFramed, format };
  }, [me, api, names, isFramed, look.language]);
  return (
    <PageContext.Provider value={state}>
      <Toasts>
        <Shell areas={areas} firstArea={entered.area} own={own} />
      </Toasts>
    </PageContext.Provider>
  );
}
