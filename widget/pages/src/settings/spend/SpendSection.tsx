import { useEffect, useState } from 'preact/hooks';
import { useLook } from '../../app/look';
import { withQuery } from '../../app/route';
import { Button, Loaded, Notice, ProblemNotice, Section, TextField } from '../../parts';
import { useApi, useQuery } from '../../session';
import { type ApiProblem, asProblem } from '../../session/problem';
import { useWords } from '../../words';
import { settingsWords } from '../words';
import { monthAfter, monthsUntil, type SpendTable } from './grid';
import { ImportDialog } from './ImportDialog';
import { SpendGrid } from './SpendGrid';
import { SpendHistory } from './SpendHistory';

/** What channels cost: a table edited in place, an import with a look first, and every change taken back where one wants. */
export function SpendSection({ isUsed }: { isUsed: boolean }) {
  const words = useWords(settingsWords).spend;
  const shell = useWords();
  const api = useApi();
  const { language } = useLook();
  const [turn, setTurn] = useState(0);
  const query = useQuery<SpendTable>(`/api/settings/spend?turn=${turn}`);
  const [table, setTable] = useState<SpendTable | null>(null);
  const [last, setLast] = useState(() => new Date().toISOString().slice(0, 10));
  const [saves, setSaves] = useState(0);
  const [extra, setExtra] = useState<readonly string[]>([]);
  const [channel, setChannel] = useState('');
  const [isImporting, setImporting] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => setTable(query.data), [query.data]);
  const reload = () => setTurn((old) => old + 1);
  const download = () => {
    setProblem(null);
    api.download(withQuery('/api/settings/spend/export.csv', { language }), 'spend.csv').catch((error: unknown) => setProblem(asProblem(error)));
  };
  const add = () => {
    if (channel.trim() === '') return;
    setExtra([...extra, channel.trim()]);
    setChannel('');
  };

  return (
    <>
      <Section title={words.title} sentence={words.sentence} actions={(
        <>
          <Button onClick={() => setImporting(true)}>{words.import}</Button>
          <Button icon="download" onClick={download}>{shell.table.download}</Button>
        </>
      )}>
        {!isUsed && <Notice tone="none">{words.notUsed}</Notice>}
        {problem && <ProblemNotice problem={problem} />}
        <Loaded query={{ ...query, data: table }}>
          {(shown) => (
            <SpendGrid table={shown} months={monthsUntil(last)} extra={extra} onChange={setTable} onReload={reload} onSaved={() => setSaves((old) => old + 1)}
              onEarlier={() => setLast(monthAfter(last, -12))} onLater={() => setLast(monthAfter(last, 12))} />
          )}
        </Loaded>
        <form class="inline-form" onSubmit={(event) => {
          event.preventDefault();
          add();
        }}>
          <TextField label={words.newChannel} value={channel} onChange={setChannel} maxLength={200} />
          <Button type="submit" isDisabled={channel.trim() === ''}>{words.addChannel}</Button>
        </form>
      </Section>
      <SpendHistory turn={turn + saves} onChange={reload} />
      {isImporting && <ImportDialog onClose={() => setImporting(false)} onDone={reload} />}
    </>
  );
}
