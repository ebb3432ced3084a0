import { useState } from 'preact/hooks';
import { useFormat } from '../../format';
import { Button, Loaded, Notice, Page } from '../../parts';
import { useQuery } from '../../session';
import { useWords } from '../../words';
import { Group } from '../forms/inputs';
import { settingsWords } from '../words';
import { FieldTable } from './FieldTable';
import { MapDialog } from './MapDialog';
import { isChosen, isEmpty, type WriteBackDocument, type WriteBackOutput, wishOf } from './model';
import { PaceSection } from './PaceSection';
import { PlanDialog } from './PlanDialog';
import '../settings.css';

export default function WriteBack() {
  const words = useWords(settingsWords).writing;
  const query = useQuery<WriteBackDocument>('/api/settings/write-back');
  return (
    <Page title={words.title} sentence={words.sentence}>
      <Loaded query={query} height={480}>
        {(document) => <div class="stack"><Fields key={query.data === document ? JSON.stringify(wishOf(document)) + document.seen : 'old'} document={document} onChange={query.reload} onStale={query.reload} /></div>}
      </Loaded>
    </Page>
  );
}

/** What is written, field by field; nothing changes in the CRM before a look at the plan. */
export function Fields({ document, onChange, onStale, isShort = false }: {
  document: WriteBackDocument; onChange: (document: WriteBackDocument) => void;
  /** Somebody else was first: shows what is now. */
  onStale: () => void; isShort?: boolean;
}) {
  const words = useWords(settingsWords).writing;
  const format = useFormat();
  const [wish, setWish] = useState(() => wishOf(document));
  const [plans, setPlans] = useState(false);
  const [mapped, setMapped] = useState<readonly WriteBackOutput[] | null>(null);
  const on = document.outputs.filter(isChosen).length;
  return (
    <>
      <Notice tone={document.isEnabled ? 'good' : 'none'}>
        {document.isEnabled ? words.on(format.count(on, words.fieldsWord)) : words.off}
      </Notice>
      {document.pausedByRun !== null && <Notice tone="watch">{words.paused}</Notice>}
      <Group title={words.customers}>
        <FieldTable document={document} wish={wish.customers} isLead={false} onWish={(customers) => setWish({ ...wish, customers })} onMap={isShort ? null : setMapped} />
      </Group>
      <Group title={words.leads} hint={words.leadsHint}>
        <FieldTable document={document} wish={wish.leads} isLead onWish={(leads) => setWish({ ...wish, leads })} onMap={isShort ? null : setMapped} />
      </Group>
      <div class="page__actions">
        <Button look="primary" isDisabled={isEmpty(wish) && !document.isEnabled} onClick={() => setPlans(true)}>{words.preview}</Button>
        {isEmpty(wish) && !document.isEnabled && <span class="muted">{words.choose}</span>}
      </div>
      {!isShort && <PaceSection document={document} onChange={onChange} onStale={onStale} />}
      {plans && <PlanDialog document={document} wish={wish} onClose={() => setPlans(false)} onDone={onChange} onStale={onStale} />}
      {mapped && <MapDialog document={document} places={mapped} onClose={() => setMapped(null)} onDone={onChange} onStale={onStale} />}
    </>
  );
}
