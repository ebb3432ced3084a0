import { useState } from 'preact/hooks';
import { useFormat } from '../../format';
import { Button, Choice, DataTable, Dialog, Empty, Loaded, Page, ProblemNotice, Section, TextField, useToast, Waiting } from '../../parts';
import { useAction, useList } from '../../session';
import { useWords } from '../../words';
import { differences } from '../describe';
import { type SettingsForm, useSettingsForm } from '../form';
import { useFreshWords } from '../forms/FormPage';
import type { Freshness, SavedSettings } from '../model';
import { PreviewPanel } from '../preview/PreviewPanel';
import { usePreview } from '../preview/use-preview';
import { Trace } from '../who';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';
import { Differences } from './Differences';
import { TrailSection } from './TrailSection';
import '../settings.css';

export default function Versions() {
  const words = useWords(settingsWords).versions;
  const { form, problem, reload } = useSettingsForm();
  return (
    <Page title={words.title} sentence={words.sentence}>
      {form === null
        ? problem === null ? <Waiting height={320} /> : <ProblemNotice problem={problem} onRetry={reload} />
        : <VersionList form={form} />}
      <TrailSection />
    </Page>
  );
}

function VersionList({ form }: { form: SettingsForm }) {
  const words = useWords(settingsWords).versions;
  const format = useFormat();
  const list = useList<SavedSettings>('/api/settings/versions?limit=50');
  const [open, setOpen] = useState<SavedSettings | null>(null);
  const before = (saved: SavedSettings, rows: readonly SavedSettings[]) => rows.find((one) => one.version < saved.version)?.settings ?? form.document.defaults;
  const telling = useTelling(form.catalog);
  const current = form.state.saved.version;
  return (
    <Section title={words.list}>
      <Loaded query={list}>
        {(rows) => (
          <DataTable caption={words.list} isCaptionHidden rows={rows} rowKey={(row) => row.version} more={list.more} isLoadingMore={list.isLoadingMore}
            empty={<Empty title={words.emptyTitle}>{words.empty}</Empty>} columns={[
              {
                id: 'version', title: words.number, cell: (row) => (
                  <>
                    <Button look="plain" onClick={() => setOpen(row)}>{words.version(format.whole(row.version))}</Button>
                    {row.version === current && <span class="mark">{words.inForce}</span>}
                  </>
                ),
              },
              { id: 'who', title: words.who, cell: (row) => <Trace by={row.savedBy} at={row.savedAt ?? ''} /> },
              { id: 'comment', title: words.changes, cell: (row) => <Changed saved={row} before={before(row, rows)} telling={telling} /> },
            ]} />
        )}
      </Loaded>
      {open && (
        <VersionDialog form={form} saved={open} before={before(open, list.data ?? [])} onClose={() => setOpen(null)} onDone={() => {
          list.reload();
          form.reload();
        }} />
      )}
    </Section>
  );
}

function Changed({ saved, before, telling }: { saved: SavedSettings; before: SavedSettings['settings']; telling: ReturnType<typeof useTelling> }) {
  const words = useWords(settingsWords).versions;
  const names = differences(before, saved.settings, telling).map((one) => one.name);
  return (
    <>
      <div>{saved.comment ?? <span class="muted">{words.noComment}</span>}</div>
      <div class="muted">{names.length === 0 ? words.noChanges : names.join(', ')}</div>
    </>
  );
}

/** One version: what it changed, how it differs from what is in force, what going back would do. */
function VersionDialog({ form, saved, before, onClose, onDone }: {
  form: SettingsForm; saved: SavedSettings; before: SavedSettings['settings']; onClose: () => void; onDone: () => void;
}) {
  const words = useWords(settingsWords).versions;
  const shell = useWords();
  const format = useFormat();
  const toast = useToast();
  const fresh = useFreshWords();
  const telling = useTelling(form.catalog);
  const isCurrent = saved.version === form.state.saved.version;
  const [against, setAgainst] = useState<'previous' | 'current'>(isCurrent ? 'previous' : 'current');
  const [comment, setComment] = useState('');
  const [isLooking, setLooking] = useState(false);
  const restore = useAction((api, body: { basedOn: number; comment: string | null }) =>
    api.post<{ saved: SavedSettings; fresh: Freshness }>(`/api/settings/versions/${saved.version}/restore`, body));
  const run = async () => {
    const done = await restore.run({ basedOn: form.state.saved.version, comment: comment.trim() || null });
    if (done === null) return;
    toast({ text: `${words.restored(format.whole(saved.version))} ${fresh(done.fresh)}` });
    onDone();
    onClose();
  };
  const rows = against === 'previous'
    ? differences(before, saved.settings, telling)
    : differences(form.state.saved.settings, saved.settings, telling);
  return (
    <Dialog title={words.version(format.whole(saved.version))} onClose={onClose} actions={(
      <>
        {!isCurrent && <Button look="primary" isBusy={restore.isRunning} onClick={() => void run()}>{words.restore}</Button>}
        {!isCurrent && <Button onClick={() => setLooking(!isLooking)}>{isLooking ? words.hideBefore : words.showBefore}</Button>}
        <Button onClick={onClose}>{shell.close}</Button>
      </>
    )}>
      {restore.problem && <ProblemNotice problem={restore.problem} />}
      <p><Trace by={saved.savedBy} at={saved.savedAt ?? ''} /></p>
      {saved.comment !== null && <p>{saved.comment}</p>}
      <div class="named-choice"><span class="muted" aria-hidden="true">{words.against}</span><Choice label={words.against} value={against} onChange={setAgainst}
        options={[{ value: 'previous', title: words.previous }, ...(isCurrent ? [] : [{ value: 'current' as const, title: words.current }])]} /></div>
      <Differences rows={rows} />
      {!isCurrent && (
        <>
          <p class="muted">{words.restoreWords}</p>
          <TextField label={telling.words.form.comment} hint={telling.words.form.commentHint} value={comment} onChange={setComment} maxLength={500} />
        </>
      )}
      {isLooking && <RestorePreview saved={saved} />}
    </Dialog>
  );
}

function RestorePreview({ saved }: { saved: SavedSettings }) {
  return <PreviewPanel preview={usePreview(saved.settings)} isChanged focus="segments" sentence={useWords(settingsWords).versions.beforeSentence} />;
}
