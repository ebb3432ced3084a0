import { useState } from 'preact/hooks';
import { Button, Dialog, Notice, useToast } from '../../parts';
import { useAction } from '../../session';
import { useWords } from '../../words';
import type { Freshness } from '../model';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';
import { Group } from './inputs';
import type { PartProps } from './purchase-parts';
import { useFreshWords } from './FormPage';

/** The currency of the account; where the CRM names another one, nothing is recalculated until it is confirmed here. */
export function CurrencyPart({ form }: PartProps) {
  const words = useWords(settingsWords).value;
  const shell = useWords();
  const toast = useToast();
  const fresh = useFreshWords();
  const [asks, setAsks] = useState(false);
  const { code, confirmed } = form.document.currency;
  const confirm = useAction((api, _: null) => api.post<{ currency: string; fresh: Freshness }>('/api/settings/currency/confirm', { currency: code }));
  const isChanged = confirmed !== null && confirmed !== code;
  const run = async () => {
    const done = await confirm.run(null);
    if (done === null) return;
    setAsks(false);
    toast({ text: `${words.confirmed(done.currency)}. ${fresh(done.fresh)}` });
    form.reload();
  };
  const show = () => {
    setAsks(false);
    confirm.clear();
    form.reload();
  };
  return (
    <Group title={words.currency}>
      {!isChanged && <p class="muted">{words.currencyIs(code)}</p>}
      {isChanged && (
        <Notice tone="risk">
          <p>{words.currencyChanged(confirmed, code)}</p>
          <Button onClick={() => setAsks(true)}>{words.confirmCurrency(code)}</Button>
        </Notice>
      )}
      {asks && (
        <Dialog title={words.confirmTitle} onClose={() => setAsks(false)} actions={(
          <>
            <Button look="primary" isBusy={confirm.isRunning} onClick={() => void run()}>{words.confirmCurrency(code)}</Button>
            <Button onClick={() => setAsks(false)}>{shell.cancel}</Button>
          </>
        )}>
          {confirm.problem && <NotSaved problem={confirm.problem} onShow={show} />}
          <p>{words.confirmWords(code)}</p>
        </Dialog>
      )}
    </Group>
  );
}
