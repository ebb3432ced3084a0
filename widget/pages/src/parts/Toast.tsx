import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { framedPart, placeInside } from '../app/visible';
import { useWords } from '../words';
import { Button, IconButton } from './Button';

export interface ToastSetting {
  readonly text: string;
  /** Given: a button that takes back what was done. */
  readonly onUndo?: () => void;
}

interface Shown extends ToastSetting {
  readonly id: number;
}

// Long enough to be read and to be reached by keyboard; it waits while it is pointed at or has the focus.
const STAYS = 10_000;

const ToastContext = createContext<(toast: ToastSetting) => void>(() => undefined);

/** Says what was done, with a way back. */
export function useToast(): (toast: ToastSetting) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const last = useRef(0);
  const show = useCallback((toast: ToastSetting) => {
    const id = ++last.current;
    setShown((old) => [...old.slice(-2), { ...toast, id }]);
  }, []);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown.length > 0) void framedPart()?.then((part) => place.current && placeInside(place.current, part, 'bottom'));
  }, [shown]);
  const drop = useCallback((id: number) => setShown((old) => old.filter((one) => one.id !== id)), []);
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div class="toasts" role="status" aria-live="polite" ref={place}>
        {shown.map((toast) => <Toast key={toast.id} toast={toast} onGone={drop} />)}
      </div>
    </ToastContext.Provider>
  );
}

function Toast({ toast, onGone }: { toast: Shown; onGone: (id: number) => void }) {
  const words = useWords();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => onGone(toast.id), STAYS);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, onGone]);
  return (
    <div class="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocusIn={() => setHeld(true)} onFocusOut={() => setHeld(false)}>
      <span>{toast.text}</span>
      {toast.onUndo && (
        <Button look="plain" onClick={() => {
          toast.onUndo?.();
          onGone(toast.id);
        }}>{words.undo}</Button>
      )}
      <IconButton icon="close" label={words.close} onClick={() => onGone(toast.id)} />
    </div>
  );
}
