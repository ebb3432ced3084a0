import { useState } from 'preact/hooks';
import { Button, CheckField, useToast } from '../../parts';
import { useAction } from '../../session';
import { useWords } from '../../words';
import { Group, NeededNumber } from '../forms/inputs';
import { isSame } from '../model';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';

export interface TaskSettings {
  readonly isEnabled: boolean;
  readonly dailyCap: number;
  readonly topTiers: number;
  readonly onSlipping: boolean;
  readonly onTier: boolean;
  readonly dueDays: number;
  /** Names what was read; a change carries it. */
  readonly seen: string;
}

/** When managers get a task, and how many. */
export function TasksPart({ saved, onSaved }: { saved: TaskSettings; onSaved: () => void }) {
  const words = useWords(settingsWords).telling;
  const toast = useToast();
  const [draft, setDraft] = useState(saved);
  const save = useAction((api, body: TaskSettings) => api.put<TaskSettings>('/api/settings/tasks', body));
  const change = (part: Partial<TaskSettings>) => setDraft({ ...draft, ...part });
  const run = async () => {
    if (await save.run(draft) === null) return;
    toast({ text: words.saved });
    onSaved();
  };
  return (
    <Group title={words.tasks} hint={words.tasksHint}>
      {save.problem && <NotSaved problem={save.problem} told={words.wrong} onShow={onSaved} />}
      <CheckField label={words.enabled} hint={words.enabledHint} isOn={draft.isEnabled} onChange={(isEnabled) => change({ isEnabled })} />
      {draft.isEnabled && (
        <div class="indented">
          <CheckField label={words.onSlipping} isOn={draft.onSlipping} onChange={(onSlipping) => change({ onSlipping })} />
          <CheckField label={words.onTier} isOn={draft.onTier} onChange={(onTier) => change({ onTier })} />
          <div class="cuts">
            <NeededNumber label={words.topTiers} least={1} most={6} value={draft.topTiers} onChange={(value) => change({ topTiers: Math.round(value) })} />
            <NeededNumber label={words.cap} hint={words.capHint} least={1} most={1000} value={draft.dailyCap} onChange={(value) => change({ dailyCap: Math.round(value) })} />
            <NeededNumber label={words.due} hint={words.dueHint} unit={words.dueUnit} least={0} most={60} value={draft.dueDays} onChange={(value) => change({ dueDays: Math.round(value) })} />
          </div>
        </div>
      )}
      <div class="page__actions">
        <Button look="primary" isDisabled={isSame(draft, saved)} isBusy={save.isRunning} onClick={() => void run()}>{words.save}</Button>
        <span class="muted">{words.needWriteBack}</span>
      </div>
    </Group>
  );
}
