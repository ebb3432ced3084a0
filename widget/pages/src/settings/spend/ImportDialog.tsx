import { useEffect, useState } from 'preact/hooks';
import { useFormat } from '../../format';
import { Button, CheckField, Dialog, Notice, ProblemNotice, useToast, Waiting } from '../../parts';
import { useAction, useApi } from '../../session';
import { type ApiProblem, asProblem } from '../../session/problem';
import { useWords } from '../../words';
import type { Freshness } from '../model';
import { settingsWords } from '../words';
import { useFreshWords } from '../forms/FormPage';

interface Line {
  readonly line: number;
  readonly channel: string;
  readonly month: string;
  readonly before: number | null;
  readonly after: number | null;
}

interface Look {
  readonly changes: readonly Line[];
  readonly changedCells: number;
  readonly same: number;
  readonly errors: readonly { readonly line: number; readonly code: string; readonly words: string }[];
  readonly state: string;
}

const LONGEST = 1_000_000;
const SHOWN = 50;

/** A file of spend: chosen, looked at line by line, then loaded whole or not at all. */
export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const words = useWords(settingsWords).spend;
  const shell = useWords();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const fresh = useFreshWords();
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [replacesAll, setReplacesAll] = useState(false);
  const [look, setLook] = useState<Look | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isTooBig, setTooBig] = useState(false);
  const load = useAction((service, body: object) => service.post<{ change: number; fresh: Freshness }>('/api/settings/spend/import', body));

  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setTooBig(chosen.size > LONGEST * 4);
    const text = chosen.size > LONGEST * 4 ? '' : await chosen.text();
    setTooBig(text.length > LONGEST || chosen.size > LONGEST * 4);
    setLook(null);
    setFile(text === '' || text.length > LONGEST ? null : { name: chosen.name, text });
  };
  useEffect(() => {
    if (file === null) return undefined;
    const stop = new AbortController();
    setProblem(null);
    api.post<Look>('/api/settings/spend/import/preview', { text: file.text, name: file.name, replacesAll }, { signal: stop.signal }).then(
      setLook,
      (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error)); });
    return () => stop.abort();
  }, [api, file, replacesAll]);
  const run = async () => {
    if (file === null || look === null) return;
    const done = await load.run({ text: file.text, name: file.name, replacesAll, seen: look.state });
    if (done === null) return;
    toast({
      text: `${words.loaded(format.count(look.changedCells, words.cellsWord))}. ${fresh(done.fresh)}`,
      onUndo: () => void api.post(`/api/settings/spend/changes/${done.change}/undo`, {}).finally(onDone),
    });
    onDone();
    onClose();
  };
  const isReady = look !== null && look.errors.length === 0 && look.changedCells > 0;

  return (
    <Dialog title={words.importTitle} onClose={onClose} actions={(
      <>
        <Button look="primary" isDisabled={!isReady} isBusy={load.isRunning} onClick={() => void run()}>{words.load}</Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </>
    )}>
      <p class="muted">{words.importHint}</p>
      <label class="file">
        <span class="button button_usual"><span>{words.choose}</span></span>
        <span class="muted">{file?.name}</span>
        <input type="file" class="unseen" accept=".csv,text/csv,text/plain" onChange={(event) => void choose(event.currentTarget.files?.[0])} />
      </label>
      <CheckField label={words.replace} isOn={replacesAll} onChange={setReplacesAll} />
      {isTooBig && <Notice tone="risk">{words.fileTooBig}</Notice>}
      {problem && <ProblemNotice problem={problem} />}
      {load.problem && <ProblemNotice problem={load.problem} {...(load.problem.code === 'stale' ? { told: { cause: words.importStale, step: '' } } : {})} />}
      {file !== null && look === null && !problem && <><p class="muted">{words.checking}</p><Waiting height={80} /></>}
      {look !== null && <Found look={look} />}
    </Dialog>
  );
}

function Found({ look }: { look: Look }) {
  const words = useWords(settingsWords).spend;
  const shell = useWords();
  const format = useFormat();
  if (look.errors.length > 0) {
    return (
      <Notice tone="risk">
        <p>{words.errors(format.count(look.errors.length, words.errorsWord))}</p>
        <ul>
          {look.errors.map((error) => (
            <li key={`${error.line}-${error.code}`}>{words.line(format.whole(error.line))}: {(words.codes as Readonly<Record<string, string>>)[error.code] ?? error.words}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (look.changedCells === 0) return <Notice tone="none">{words.nothing}</Notice>;
  return (
    <>
      <p><strong>{words.will(format.count(look.changedCells, words.cellsWord))}</strong>{look.same > 0 && <span class="muted"> · {words.same(format.count(look.same, shell.count.rows))}</span>}</p>
      <div class="table__scroll" role="region" aria-label={words.importTitle} tabIndex={0}>
        <table class="compare">
          <thead>
            <tr><th scope="col">{words.channel}</th><th scope="col">{words.newMonth}</th><th scope="col" class="right">{words.before}</th><th scope="col" class="right">{words.after}</th></tr>
          </thead>
          <tbody>
            {look.changes.slice(0, SHOWN).map((line) => (
              <tr key={`${line.channel}-${line.month}`}>
                <th scope="row">{line.channel}</th>
                <td>{format.month(line.month)}</td>
                <td class="right">{format.money(line.before)}</td>
                <td class="right"><strong>{line.after === null ? words.clear : format.money(line.after)}</strong></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {look.changedCells > SHOWN && <p class="muted">{words.shownFirst(format.whole(SHOWN))}</p>}
    </>
  );
}
