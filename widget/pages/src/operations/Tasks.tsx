import { useMe } from '../app/context';
import { useFilter } from '../app/route';
import { useFormat } from '../format';
import { Client, type Column, DataTable, Empty, ListTable, Loaded, Notice, Page, Person, SelectField, State } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import type { CustomerTask, TasksSummary, TaskTotal } from './model';
import './operations.css';
import { named, toneOf } from './telling';
import { operationsWords } from './words';

const KINDS = ['slipping', 'tierUp', 'tierDown'] as const;
const STATUSES = ['waiting', 'created', 'completed', 'gone', 'failed', 'dropped'] as const;

/** What came of the tasks that were made for responsible managers. */
export default function Tasks() {
  const words = useWords(operationsWords);
  const shell = useWords();
  const { basis } = useMe();
  const format = useFormat();
  const summary = useQuery<TasksSummary>('/api/operations/tasks/summary');
  const [kind, setKind] = useFilter('kind');
  const [status, setStatus] = useFilter('status');
  const columns: readonly Column<CustomerTask>[] = [
    { id: 'client', title: words.tasks.client, cell: (task) => <Client kind={task.client} id={task.id} name={task.name} /> },
    { id: 'why', title: words.tasks.why, cell: (task) => <>{named(words.tasks.kinds, task.kind)}{task.kind !== 'slipping' && <span class="muted"> · {task.from} → {task.to}</span>}</> },
    { id: 'value', title: basis === null ? 'LTV' : `LTV, ${shell.basis[basis]}`, align: 'right', cell: (task) => format.money(task.value) },
    { id: 'responsible', title: words.tasks.responsible, cell: (task) => (task.responsible === null ? '' : <Person of="users" id={task.responsible} isShort />) },
    { id: 'found', title: words.tasks.found, align: 'right', cell: (task) => format.moment(task.foundAt) },
    { id: 'state', title: words.runs.status, cell: (task) => (
      <>
        <State tone={toneOf(task.status)}>{named(words.tasks.statuses, task.status)}</State>
        {task.result !== null && task.result !== '' && <div class="muted">{task.result}</div>}
        {task.error !== null && <div class="muted">{task.error}</div>}
      </>
    ) },
    { id: 'bought', title: words.tasks.bought, align: 'right', cell: (task) => (task.boughtOn === null ? '' : format.day(task.boughtOn)) },
  ];
  const totals: readonly Column<TaskTotal>[] = [
    { id: 'kind', title: words.tasks.why, cell: (total) => named(words.tasks.kinds, total.kind) },
    ...(['created', 'completed', 'boughtSince', 'open', 'waiting', 'gone', 'failed'] as const).map((name): Column<TaskTotal> => ({
      id: name, title: words.tasks.totals[name], align: 'right', cell: (total) => format.whole(total[name]),
    })),
  ];
  return (
    <Page title={words.tasks.title} sentence={words.tasks.sentence}>
      <Loaded query={summary} height={120}>
        {(data) => (
          <div class="operations-details">
            {!data.isEnabled && <Notice tone="none"><p>{words.tasks.off}</p></Notice>}
            {data.isEnabled && <p class="muted">{words.tasks.cap(format.whole(data.dailyCap))}</p>}
            {data.totals.length > 0 && <DataTable caption={words.tasks.outcome} columns={totals} rows={data.totals} rowKey={(total) => total.kind} />}
          </div>
        )}
      </Loaded>
      <div class="operations-filters">
        <SelectField label={words.tasks.why} value={kind} onChange={setKind} options={[{ value: '', title: words.tasks.any }, ...KINDS.map((value) => ({ value, title: words.tasks.kinds[value] }))]} />
        <SelectField label={words.runs.status} value={status} onChange={setStatus}
          options={[{ value: '', title: words.tasks.any }, ...STATUSES.map((value) => ({ value, title: words.tasks.statuses[value] }))]} />
      </div>
      <ListTable<CustomerTask> caption={words.tasks.list} path="/api/operations/tasks" filters={{ kind, status }} columns={columns}
        rowKey={(task) => `${task.client}-${task.id}-${task.kind}-${task.foundAt}`} empty={<Empty title={words.tasks.noneTitle}>{words.tasks.none}</Empty>} />
    </Page>
  );
}
