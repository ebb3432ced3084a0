import { useEffect, useRef, useState } from 'preact/hooks';
import { useFilter } from '../app/route';
import { useFormat } from '../format';
import { type Column, Empty, ListTable, Page, SelectField, State, TextField } from '../parts';
import { useWords } from '../words';
import type { Exchange } from './model';
import './operations.css';
import { named } from './telling';
import { operationsWords } from './words';

const STATUSES = ['trouble', 'ok', 'refused', 'failing', 'none'] as const;
const TYPING = 400;

/** Every call to the CRM of the last days: what its support asks for. */
export default function Exchanges() {
  const words = useWords(operationsWords);
  const format = useFormat();
  const [status, setStatus] = useFilter('status');
  const [path, setPath] = useFilter('path');
  const [typed, setTyped] = useState(path);
  // What the typing wrote into the address: whatever else comes to stand there was chosen elsewhere, and is what is shown.
  const written = useRef(path);
  useEffect(() => {
    if (path !== written.current) {
      written.current = path;
      setTyped(path);
    }
  }, [path]);
  useEffect(() => {
    if (typed === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = typed;
      setPath(typed);
    }, TYPING);
    return () => clearTimeout(timer);
  }, [typed, setPath]);
  const columns: readonly Column<Exchange>[] = [
    { id: 'path', title: words.exchanges.call, cell: (call) => <span class="operations-path">{call.method} {call.path}</span> },
    { id: 'at', title: words.exchanges.at, align: 'right', cell: (call) => format.moment(call.at) },
    { id: 'status', title: words.exchanges.status, cell: (call) => (call.status === null
      ? <State tone="risk">{named(words.noAnswer, call.failure ?? '')}</State>
      : <State tone={call.status < 400 ? 'good' : call.status < 500 ? 'watch' : 'risk'}>{String(call.status)}</State>) },
    { id: 'duration', title: words.exchanges.duration, align: 'right', cell: (call) => words.exchanges.ms(format.whole(call.durationMs)) },
    { id: 'attempt', title: words.exchanges.attempt, align: 'right', cell: (call) => format.whole(call.attempt) },
    { id: 'request', title: words.exchanges.number, cell: (call) => <span class="operations-path muted">{call.requestId ?? ''}</span> },
  ];
  return (
    <Page title={words.exchanges.title} sentence={words.exchanges.sentence}>
      <div class="operations-filters">
        <SelectField label={words.exchanges.status} value={status} onChange={setStatus}
          options={[{ value: '', title: words.exchanges.any }, ...STATUSES.map((value) => ({ value, title: words.exchanges.statuses[value] }))]} />
        <TextField label={words.exchanges.path} value={typed} onChange={setTyped} maxLength={200} placeholder="/api/v4/leads" />
      </div>
      <ListTable<Exchange> caption={words.exchanges.list} path="/api/operations/exchanges" filters={{ status, path }} columns={columns} rowKey={(call) => call.id}
        limit={100} empty={<Empty title={words.exchanges.noneTitle}>{words.exchanges.none}</Empty>} />
    </Page>
  );
}
