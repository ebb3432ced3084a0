import { useEffect, useState } from 'preact/hooks';
import { Button, Dialog, ProblemNotice, useToast, Waiting } from '../../parts';
import { useAction, useApi } from '../../session';
import { type ApiProblem, asProblem } from '../../session/problem';
import { useWords } from '../../words';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';
import { outputName } from './FieldTable';
import { isEmpty, stopped, type WriteBackChoice, type WriteBackDocument, type Wish } from './model';
import { useTold } from './told';

/** What would be made, used and stopped in the CRM, before it is. */
export function PlanDialog({ document, wish, onClose, onDone, onStale }: {
  document: WriteBackDocument; wish: Wish; onClose: () => void; onDone: (document: WriteBackDocument) => void; onStale: () => void;
}) {
  const words = useWords(settingsWords).writing;
  const shell = useWords();
  const api = useApi();
  const toast = useToast();
  const told = useTold();
  const [plan, setPlan] = useState<readonly WriteBackChoice[] | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const enable = useAction((service, wanted: Wish) => service.post<WriteBackDocument>('/api/settings/write-back/enable', { ...wanted, seen: document.seen }));
  useEffect(() => {
    api.post<readonly WriteBackChoice[]>('/api/settings/write-back/preview', wish).then(setPlan, (error: unknown) => setProblem(asProblem(error)));
  }, [api, wish]);
  const isOff = isEmpty(wish);
  const run = async () => {
    const done = await enable.run(isOff ? { customers: [], leads: [] } : wish);
    if (done === null) return;
    toast({ text: isOff ? words.disabled : words.enabled });
    onDone(done);
    onClose();
  };
  const show = () => {
    onStale();
    onClose();
  };
  const named = (one: { readonly output: string; readonly entity: keyof typeof words.entity }) => `${outputName(one.output, words)}, ${words.entity[one.entity]}`;
  const off = stopped(document, wish);
  const made = plan?.filter((choice) => choice.field === null) ?? [];
  const used = plan?.filter((choice) => choice.field !== null && !choice.isKnown) ?? [];

  return (
    <Dialog title={words.previewTitle} onClose={onClose} actions={(
      <>
        <Button look={isOff ? 'danger' : 'primary'} isDisabled={plan === null} isBusy={enable.isRunning} onClick={() => void run()}>
          {isOff ? words.disable : made.length > 0 ? words.enable : words.apply}
        </Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </>
    )}>
      {problem && <ProblemNotice problem={problem} told={told(problem)} />}
      {enable.problem && <NotSaved problem={enable.problem} told={told(enable.problem)} onShow={show} />}
      {plan === null ? !problem && <Waiting height={160} /> : (
        <>
          {made.length + used.length + off.length === 0 && <p>{words.nothing}</p>}
          <PlanList title={words.willCreate} items={made.map((choice) => ({ id: `${choice.entity}-${choice.output}`, name: choice.name, hint: `${words.entity[choice.entity]}, ${words.types[choice.type]}` }))} />
          <PlanList title={words.willUse} items={used.map((choice) => ({ id: `${choice.entity}-${choice.output}`, name: choice.name, hint: named(choice) }))} />
          <PlanList title={words.willStop} items={off.map((place) => ({ id: `${place.entity}-${place.output}`, name: place.fieldName, hint: words.entity[place.entity] }))} />
          {made.length > 0 && <p class="muted">{words.byApi}</p>}
        </>
      )}
    </Dialog>
  );
}

function PlanList({ title, items }: { title: string; items: readonly { readonly id: string; readonly name: string; readonly hint: string }[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="plain-list">{items.map((item) => <li key={item.id}>{item.name} <span class="muted">· {item.hint}</span></li>)}</ul>
    </section>
  );
}
