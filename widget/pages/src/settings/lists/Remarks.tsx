import { useState } from 'preact/hooks';
import { useFilter, withQuery } from '../../app/route';
import { useFormat } from '../../format';
import { Button, Choice, Client, DataTable, Dialog, Empty, Loaded, Page, ProblemNotice, TextField, useToast } from '../../parts';
import { useAction, useList } from '../../session';
import { useWords } from '../../words';
import { Trace } from '../who';
import { settingsWords } from '../words';
import '../settings.css';

interface Remark {
  readonly id: number;
  readonly entity: 'companies' | 'contacts';
  readonly entityId: number;
  readonly company: string | null;
  readonly userId: number;
  readonly text: string;
  readonly ltvThen: number | null;
  readonly ltvNow: number | null;
  readonly asOf: string | null;
  readonly writtenAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: number | null;
  readonly answer: string | null;
}

interface Resolution {
  readonly id: number;
  readonly isResolved: boolean;
  readonly answer: string | null;
}

export default function Remarks() {
  const words = useWords(settingsWords).remarks;
  const format = useFormat();
  const [show, setShow] = useFilter('show', 'open');
  const list = useList<Remark>(withQuery('/api/remarks', { state: show === 'open' ? 'open' : 'all', limit: 50 }));
  const [answered, setAnswered] = useState<Remark | null>(null);
  return (
    <Page title={words.title} sentence={words.sentence}>
      <Choice label={words.show} value={show} onChange={setShow}
        options={[{ value: 'open', title: words.open }, { value: 'all', title: words.everything }]} />
      <Loaded query={list}>
        {(rows) => (
          <DataTable caption={words.caption} isCaptionHidden rows={rows} rowKey={(row) => row.id} more={list.more} isLoadingMore={list.isLoadingMore}
            empty={<Empty title={words.emptyTitle}>{words.empty}</Empty>} columns={[
              { id: 'client', title: words.client, cell: (row) => <Client kind={row.entity === 'companies' ? 'company' : 'contact'} id={row.entityId} name={row.company} /> },
              { id: 'said', title: words.said, cell: (row) => <span class="said">{row.text}</span> },
              { id: 'then', title: words.ltv, align: 'right', cell: (row) => <>{format.money(row.ltvThen)}<br /><span class="muted">{format.day(row.asOf)}</span></> },
              { id: 'now', title: words.ltvNow, align: 'right', cell: (row) => format.money(row.ltvNow) },
              { id: 'who', title: words.who, cell: (row) => <Trace by={String(row.userId)} at={row.writtenAt} /> },
              {
                id: 'answer', title: words.answer, cell: (row) => (row.resolvedAt === null
                  ? <Button label={`${words.resolve}: ${row.text}`} onClick={() => setAnswered(row)}>{words.resolve}</Button>
                  : <>{row.answer ?? <span class="muted">{words.noAnswer}</span>}<Trace by={String(row.resolvedBy ?? '')} at={row.resolvedAt} /></>),
              },
            ]} />
        )}
      </Loaded>
      {answered && <ResolveDialog remark={answered} onClose={() => setAnswered(null)} onDone={list.reload} />}
    </Page>
  );
}

function ResolveDialog({ remark, onClose, onDone }: { remark: Remark; onClose: () => void; onDone: () => void }) {
  const words = useWords(settingsWords).remarks;
  const shell = useWords();
  const toast = useToast();
  const [answer, setAnswer] = useState('');
  const resolve = useAction((api, { id, ...body }: Resolution) => api.post<unknown>(`/api/remarks/${id}/resolution`, body).then(() => true));
  const run = async () => {
    if (await resolve.run({ id: remark.id, isResolved: true, answer: answer.trim() || null }) === null) return;
    toast({ text: words.resolved, onUndo: () => void resolve.run({ id: remark.id, isResolved: false, answer: null }).then(onDone) });
    onDone();
    onClose();
  };
  return (
    <Dialog title={words.resolveTitle} onClose={onClose} actions={(
      <>
        <Button look="primary" isBusy={resolve.isRunning} onClick={() => void run()}>{words.resolve}</Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </>
    )}>
      {resolve.problem && <ProblemNotice problem={resolve.problem} />}
      <blockquote class="said">{remark.text}</blockquote>
      <TextField label={words.answerField} hint={words.answerHint} value={answer} onChange={setAnswer} lines={3} maxLength={1000} />
    </Dialog>
  );
}
