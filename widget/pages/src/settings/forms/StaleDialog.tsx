import { useState } from 'preact/hooks';
import { Button, Dialog, Notice, useToast } from '../../parts';
import { useWords } from '../../words';
import { differences, valueInWords } from '../describe';
import type { SettingsForm } from '../form';
import { mergeOf } from '../form-state';
import { Differences } from '../versions/Differences';
import { Trace } from '../who';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';

/** Somebody else has saved first: what they changed, what one has changed, and the two ways on. */
export function StaleDialog({ form }: { form: SettingsForm }) {
  const words = useWords(settingsWords);
  const telling = useTelling(form.catalog);
  const toast = useToast();
  const [isHidden, setHidden] = useState(false);
  const both = mergeOf(form.state);
  const { theirs, saved, draft } = form.state;
  if (theirs === null || both === null) return null;
  if (isHidden) {
    return (
      <Notice tone="watch">
        <p>{words.stale.title}.</p>
        <Button look="plain" onClick={() => setHidden(false)}>{words.stale.theirs}</Button>
      </Notice>
    );
  }

  return (
    <Dialog title={words.stale.title} onClose={() => setHidden(true)} actions={(
      <>
        <Button look="primary" onClick={() => {
          form.merge();
          toast({ text: words.stale.merged });
        }}>{words.stale.merge}</Button>
        <Button look="danger" onClick={form.discard}>{words.stale.discard}</Button>
        <Button onClick={() => setHidden(true)}>{words.stale.later}</Button>
      </>
    )}>
      <dl class="facts">
        <dt>{words.stale.who}</dt>
        <dd><Trace by={theirs.savedBy} at={theirs.savedAt ?? ''} /></dd>
        {theirs.comment !== null && <><dt>{words.stale.comment}</dt><dd>{theirs.comment}</dd></>}
      </dl>
      <h3>{words.stale.theirs}</h3>
      <Differences rows={differences(saved.settings, theirs.settings, telling)} />
      <h3>{words.stale.mine}</h3>
      <Differences rows={differences(saved.settings, draft, telling)} />
      {both.conflicts.length > 0 && (
        <Notice tone="watch">
          <p>{words.stale.conflicts}:</p>
          <ul>{both.conflicts.map((key) => <li key={key}>{words.keys[key]}: {valueInWords(key, draft, telling)}</li>)}</ul>
        </Notice>
      )}
      <p class="muted">{words.stale.mergeHint}</p>
    </Dialog>
  );
}
