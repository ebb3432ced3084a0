import { useState } from 'preact/hooks';
import { useFilter, withQuery } from '../../app/route';
import { useFormat } from '../../format';
import { Button, Choice, Client, CrmLink, DataTable, Dialog, Empty, Loaded, Page, ProblemNotice, State, TextField, useToast } from '../../parts';
import { useAction, useList } from '../../session';
import { useWords } from '../../words';
import { useFreshWords } from '../forms/FormPage';
import type { Freshness } from '../model';
import { Trace } from '../who';
import { settingsWords } from '../words';
import { leadNumber } from './lead-number';
import '../settings.css';

interface ExcludedLead {
  readonly id: number;
  readonly lead: number;
  readonly company: number | null;
  readonly companyName: string | null;
  readonly contact: number | null;
  readonly amount: number | null;
  readonly day: string | null;
  readonly comment: string;
  readonly by: string;
  readonly at: string;
  readonly revokedBy: string | null;
  readonly revokedAt: string | null;
}

export default function Exclusions() {
  const words = useWords(settingsWords).exclusions;
  const [show, setShow] = useFilter('show', 'inForce');
  const list = useList<ExcludedLead>(withQuery('/api/settings/exclusions', { inForce: show === 'inForce', limit: 50 }));
  const [isAdding, setAdding] = useState(false);
  const toast = useToast();
  const fresh = useFreshWords();
  const revoke = useAction((api, lead: number) => api.delete<Freshness>(`/api/settings/exclusions/${lead}`));
  const again = useAction((api, entry: { lead: number; comment: string }) => api.post<Freshness>('/api/settings/exclusions', entry));
  const columns = useColumns((entry) => void take(entry));
  const take = async (entry: ExcludedLead) => {
    const done = await revoke.run(entry.lead);
    if (done === null) return;
    list.reload();
    toast({
      text: `${words.taken} ${fresh(done)}`,
      onUndo: () => void again.run({ lead: entry.lead, comment: entry.comment }).then(list.reload),
    });
  };
  return (
    <Page title={words.title} sentence={words.sentence} actions={<Button look="primary" onClick={() => setAdding(true)}>{words.add}</Button>}>
      <Choice label={words.show} value={show} onChange={setShow}
        options={[{ value: 'inForce', title: words.inForce }, { value: 'all', title: words.everything }]} />
      {revoke.problem && <ProblemNotice problem={revoke.problem} />}
      <Loaded query={list}>
        {(rows) => (
          <DataTable caption={words.caption} isCaptionHidden rows={rows} rowKey={(row) => row.id} more={list.more} isLoadingMore={list.isLoadingMore}
            empty={<Empty title={words.emptyTitle}>{words.empty}</Empty>} columns={columns} />
        )}
      </Loaded>
      {isAdding && <AddDialog onClose={() => setAdding(false)} onDone={list.reload} />}
    </Page>
  );
}

function useColumns(onTake: (entry: ExcludedLead) => void) {
  const words = useWords(settingsWords).exclusions;
  const format = useFormat();
  return [
    { id: 'lead', title: words.lead, cell: (row: ExcludedLead) => <CrmLink entity="leads" id={row.lead}>{`#${row.lead}`}</CrmLink> },
    {
      id: 'client', title: words.client, cell: (row: ExcludedLead) => (row.company !== null
        ? <Client kind="company" id={row.company} name={row.companyName} />
        : row.contact !== null ? <Client kind="contact" id={row.contact} name={null} /> : <span class="muted">{words.noClient}</span>),
    },
    { id: 'amount', title: words.amount, align: 'right' as const, cell: (row: ExcludedLead) => format.money(row.amount) },
    { id: 'day', title: words.day, align: 'right' as const, cell: (row: ExcludedLead) => format.day(row.day) },
    { id: 'why', title: words.why, cell: (row: ExcludedLead) => row.comment },
    { id: 'who', title: words.who, cell: (row: ExcludedLead) => <Trace by={row.by} at={row.at} /> },
    {
      id: 'state', title: words.state, cell: (row: ExcludedLead) => (row.revokedBy === null
        ? <span class="trace"><State tone="none">{words.isInForce}</State><Button look="plain" label={`${words.take}: #${row.lead}`} onClick={() => onTake(row)}>{words.take}</Button></span>
        : <span class="trace"><span>{words.isRevoked}</span><Trace by={row.revokedBy} at={row.revokedAt ?? ''} /></span>),
    },
  ];
}

function AddDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const words = useWords(settingsWords).exclusions;
  const shell = useWords();
  const toast = useToast();
  const fresh = useFreshWords();
  const [lead, setLead] = useState('');
  const [comment, setComment] = useState('');
  const [isTried, setTried] = useState(false);
  const add = useAction((api, body: { lead: number; comment: string }) => api.post<Freshness>('/api/settings/exclusions', body));
  const number = leadNumber(lead);
  const run = async () => {
    setTried(true);
    if (number === null || comment.trim() === '') return;
    const done = await add.run({ lead: number, comment: comment.trim() });
    if (done === null) return;
    toast({ text: `${words.added} ${fresh(done)}` });
    onDone();
    onClose();
  };
  return (
    <Dialog title={words.addTitle} onClose={onClose} actions={(
      <>
        <Button look="primary" isBusy={add.isRunning} onClick={() => void run()}>{words.add}</Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </>
    )}>
      {add.problem && (add.problem.code === 'stale'
        ? <ProblemNotice problem={add.problem} told={{ cause: words.already, step: '' }} />
        : <ProblemNotice problem={add.problem} />)}
      <TextField label={words.leadField} hint={words.leadHint} value={lead} onChange={setLead} isRequired maxLength={300}
        problem={isTried && number === null ? words.notLead : null} />
      <TextField label={words.comment} hint={words.commentHint} value={comment} onChange={setComment} isRequired lines={3} maxLength={500}
        problem={isTried && comment.trim() === '' ? words.noComment : null} />
    </Dialog>
  );
}
