import { useState } from 'preact/hooks';
import { usePage } from '../../app/context';
import { useFormat } from '../../format';
import { Button, DataTable, Empty, Loaded, Notice, Page, Person, ProblemNotice, useToast } from '../../parts';
import { useAction, useNames, useQuery } from '../../session';
import { useWords } from '../../words';
import { Who } from '../who';
import { settingsWords } from '../words';
import '../settings.css';

interface AccessList {
  readonly version: number;
  readonly changedBy: number | null;
  readonly changedAt: string | null;
  readonly users: readonly { readonly id: number; readonly isAdmin: boolean; readonly mayAnalyse: boolean }[];
}

export default function Access() {
  const words = useWords(settingsWords).access;
  const query = useQuery<AccessList>('/api/access');
  const [newer, setNewer] = useState<AccessList | null>(null);
  const shown = newer ?? query.data;
  return (
    <Page title={words.title} sentence={words.sentence}>
      <Loaded query={{ ...query, data: shown }}>
        {(list) => <div class="stack"><Users key={list.version} list={list} onChange={setNewer} /></div>}
      </Loaded>
    </Page>
  );
}

function Users({ list, onChange }: { list: AccessList; onChange: (list: AccessList) => void }) {
  const words = useWords(settingsWords).access;
  const shell = useWords();
  const format = useFormat();
  const toast = useToast();
  const { isFramed } = usePage();
  const nameOf = useNames('users', list.users.map((user) => user.id));
  const [viewers, setViewers] = useState(() => list.users.filter((user) => !user.isAdmin && user.mayAnalyse).map((user) => user.id));
  const save = useAction((api, chosen: readonly number[]) => api.put<AccessList>('/api/access', { version: list.version, viewers: chosen }));
  const isChanged = list.users.some((user) => !user.isAdmin && user.mayAnalyse !== viewers.includes(user.id));
  const run = async () => {
    const done = await save.run(viewers);
    if (done === null) return;
    toast({ text: words.saved });
    onChange(done);
  };
  const current = save.problem?.body['current'] as AccessList | undefined;
  return (
    <>
      {save.problem && (save.problem.code === 'stale' && current
        ? <Notice tone="watch"><p>{words.stale}</p><Button onClick={() => onChange(current)}>{shell.retry}</Button></Notice>
        : <ProblemNotice problem={save.problem} />)}
      {!isFramed && <p class="muted">{words.names}</p>}
      <DataTable caption={words.caption} isCaptionHidden rows={list.users} rowKey={(user) => user.id}
        empty={<Empty title={words.emptyTitle}>{words.empty}</Empty>} columns={[
          { id: 'user', title: words.user, cell: (user) => <Person of="users" id={user.id} /> },
          { id: 'role', title: words.role, cell: (user) => (user.isAdmin ? words.admin : words.member) },
          {
            id: 'may', title: words.may, cell: (user) => (user.isAdmin
              ? <span class="muted">{words.always}</span>
              : (
                <input type="checkbox" checked={viewers.includes(user.id)} aria-label={words.mayLabel(nameOf(user.id) ?? shell.person.user(String(user.id)))}
                  onChange={(event) => setViewers(event.currentTarget.checked ? [...viewers, user.id] : viewers.filter((id) => id !== user.id))} />
              )),
          },
        ]} />
      <div class="page__actions">
        <Button look="primary" isDisabled={!isChanged} isBusy={save.isRunning} onClick={() => void run()}>{words.save}</Button>
        {list.changedAt !== null && list.changedBy !== null && <span class="muted"><Who by={String(list.changedBy)} />, {format.moment(list.changedAt)}</span>}
      </div>
    </>
  );
}
