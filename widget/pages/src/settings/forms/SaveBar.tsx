import { useState } from 'preact/hooks';
import { Button, Dialog, ProblemNotice, TextField, useToast } from '../../parts';
import { useFormat } from '../../format';
import { useWords } from '../../words';
import { differences } from '../describe';
import type { SettingsForm } from '../form';
import { tabOf } from '../keys';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';
import { Differences } from '../versions/Differences';
import { useFreshWords } from './FormPage';

/** Stands at the foot of every form while something is not saved: how much, save, discard. */
export function SaveBar({ form }: { form: SettingsForm }) {
  const words = useWords(settingsWords);
  const shell = useWords();
  const format = useFormat();
  const fresh = useFreshWords();
  const toast = useToast();
  const telling = useTelling(form.catalog);
  const [asks, setAsks] = useState<'save' | 'discard' | null>(null);
  const [comment, setComment] = useState('');
  const wrongTabs = [...new Set(Object.keys(form.state.errors).map((key) => words.form.setup[tabOf[key as keyof typeof tabOf]]))];
  if (form.changed.length === 0 && form.problem === null) return null;

  const save = async () => {
    const result = await form.save(comment);
    setAsks(null);
    if (result === null) return;
    setComment('');
    toast({ text: `${words.form.saved} ${fresh(result)}` });
  };
  return (
    <div class="save-bar" role="region" aria-label={words.form.unsaved(format.count(form.changed.length, words.form.changes))}>
      {form.problem && <ProblemNotice problem={form.problem} />}
      {wrongTabs.length > 0 && <p class="tone_risk" role="alert">{words.form.invalid} {wrongTabs.map(words.form.invalidOn).join(' ')}</p>}
      <div class="save-bar__line">
        <span>{words.form.unsaved(format.count(form.changed.length, words.form.changes))}</span>
        <span class="page__actions">
          <Button look="primary" isBusy={form.isSaving} onClick={() => setAsks('save')}>{form.isSaving ? words.form.saving : words.form.save}</Button>
          <Button onClick={() => setAsks('discard')}>{words.form.discard}</Button>
        </span>
      </div>
      {asks === 'save' && (
        <Dialog title={words.form.saveTitle} onClose={() => setAsks(null)} actions={(
          <>
            <Button look="primary" isBusy={form.isSaving} onClick={() => void save()}>{form.isSaving ? words.form.saving : words.form.save}</Button>
            <Button onClick={() => setAsks(null)}>{shell.cancel}</Button>
          </>
        )}>
          <Differences rows={differences(form.state.saved.settings, form.settings, telling)} />
          <TextField label={words.form.comment} hint={words.form.commentHint} value={comment} onChange={setComment} lines={2} maxLength={500} />
        </Dialog>
      )}
      {asks === 'discard' && (
        <Dialog title={words.form.discardTitle} onClose={() => setAsks(null)} actions={(
          <>
            <Button look="danger" onClick={() => {
              form.discard();
              setAsks(null);
            }}>{words.form.discard}</Button>
            <Button onClick={() => setAsks(null)}>{shell.cancel}</Button>
          </>
        )}>
          <p>{words.form.discardWords}</p>
        </Dialog>
      )}
    </div>
  );
}
