import { useState } from 'preact/hooks';
import { Button, CheckField, Dialog, Notice, ProblemNotice, TextField, useToast } from '../../parts';
import { useAction } from '../../session';
import { useWords } from '../../words';
import { Group } from '../forms/inputs';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';

export interface NoticeDocument {
  readonly isInCrm: boolean;
  readonly email: string | null;
  readonly webhookUrl: string | null;
  readonly hasMailServer: boolean;
  readonly newSecret: string | null;
  /** Names what was read; a change carries it. */
  readonly seen: string;
}

type Channel = 'crm' | 'email' | 'webhook';

/** Where the admin is told, each way with a message to try it. */
export function NoticesPart({ saved, onSaved }: { saved: NoticeDocument; onSaved: () => void }) {
  const words = useWords(settingsWords).telling;
  const shell = useWords();
  const toast = useToast();
  const [draft, setDraft] = useState({ isInCrm: saved.isInCrm, email: saved.email ?? '', webhookUrl: saved.webhookUrl ?? '' });
  const [secret, setSecret] = useState<string | null>(null);
  const save = useAction((api, body: typeof draft) => api.put<NoticeDocument>('/api/settings/notices', { ...body, email: body.email || null, webhookUrl: body.webhookUrl || null, seen: saved.seen }));
  const test = useAction((api, channel: Channel) => api.post<undefined>('/api/settings/notices/test', { channel }).then(() => true));
  const isChanged = draft.isInCrm !== saved.isInCrm || draft.email !== (saved.email ?? '') || draft.webhookUrl !== (saved.webhookUrl ?? '');
  const run = async () => {
    const done = await save.run(draft);
    if (done === null) return;
    toast({ text: words.savedNotices });
    if (done.newSecret === null) onSaved();
    else setSecret(done.newSecret);
  };
  const tryIt = async (channel: Channel) => {
    if (await test.run(channel) !== null) toast({ text: words.tested });
  };
  const trial = (channel: Channel, name: string, isReady: boolean) => (
    <Button look="plain" isDisabled={!isReady} isBusy={test.isRunning} label={`${words.test}: ${name}`} onClick={() => void tryIt(channel)}>{words.test}</Button>
  );

  return (
    <Group title={words.notices} hint={words.noticesHint}>
      {save.problem && <NotSaved problem={save.problem} told={words.wrong} onShow={onSaved} />}
      {test.problem && <ProblemNotice problem={test.problem} told={words.testFailed} />}
      <div class="channel-row">
        <CheckField label={words.inCrm} hint={words.inCrmHint} isOn={draft.isInCrm} onChange={(isInCrm) => setDraft({ ...draft, isInCrm })} />
        {trial('crm', words.inCrm, saved.isInCrm)}
      </div>
      <div class="channel-row">
        <TextField label={words.email} hint={words.emailHint} value={draft.email} maxLength={254} onChange={(email) => setDraft({ ...draft, email })} />
        {trial('email', words.email, saved.email !== null && draft.email === saved.email && saved.hasMailServer)}
      </div>
      {!saved.hasMailServer && draft.email !== '' && <Notice tone="watch">{words.noServer}</Notice>}
      <div class="channel-row">
        <TextField label={words.webhook} hint={words.webhookHint} value={draft.webhookUrl} maxLength={500} onChange={(webhookUrl) => setDraft({ ...draft, webhookUrl })} />
        {trial('webhook', words.webhook, saved.webhookUrl !== null && draft.webhookUrl === saved.webhookUrl)}
      </div>
      {isChanged && <p class="muted">{words.testSaved}</p>}
      <div class="page__actions">
        <Button look="primary" isDisabled={!isChanged} isBusy={save.isRunning} onClick={() => void run()}>{words.saveNotices}</Button>
      </div>
      {secret !== null && (
        <Dialog title={words.secretTitle} onClose={onSaved} actions={<Button look="primary" onClick={onSaved}>{shell.close}</Button>}>
          <p>{words.secret}</p>
          <input class="secret" type="text" readOnly value={secret} aria-label={words.secretTitle} onFocus={(event) => event.currentTarget.select()} />
        </Dialog>
      )}
    </Group>
  );
}
