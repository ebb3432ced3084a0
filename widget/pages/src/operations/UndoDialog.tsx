import { useFormat } from '../format';
import { Button, Dialog, Loaded, Notice, ProblemNotice, useToast } from '../parts';
import { useAction, useQuery } from '../session';
import { shellWords, useWords } from '../words';
import { useLook } from '../app/look';
import type { RunRequest, UndoPreview } from './model';
import { named } from './telling';
import { operationsWords } from './words';

/** Says what taking back a run will do before it is done. */
export function UndoDialog({ run, onClose, onAsked }: { run: number; onClose: () => void; onAsked: () => void }) {
  const words = useWords(operationsWords);
  const { cancel } = shellWords[useLook().language];
  const toast = useToast();
  const query = useQuery<UndoPreview>(`/api/operations/runs/${run}/undo`);
  const undo = useAction((api, undoes: number) => api.post<RunRequest>('/api/operations/requests', { kind: 'undo', undoes }));
  const restores = query.data?.verdicts['restore'] ?? 0;
  const confirm = async () => {
    if (await undo.run(run) === null) return;
    toast({ text: words.undo.asked });
    onAsked();
  };
  return (
    <Dialog title={words.undo.title(String(run))} onClose={onClose} actions={(
      <>
        <Button look="danger" isBusy={undo.isRunning} isDisabled={query.data === null || restores === 0} onClick={() => { void confirm(); }}>{words.undo.confirm}</Button>
        <Button onClick={onClose}>{cancel}</Button>
      </>
    )}>
      <Loaded query={query} height={140}>{(preview) => <Preview preview={preview} />}</Loaded>
      {undo.problem && <ProblemNotice problem={undo.problem} />}
    </Dialog>
  );
}

function Preview({ preview }: { preview: UndoPreview }) {
  const words = useWords(operationsWords);
  const format = useFormat();
  const { restore = 0, ...others } = preview.verdicts;
  return (
    <div class="operations-details">
      <p>{restore === 0 ? words.undo.nothing : words.undo.restores(format.count(restore, words.count.fields), format.count(preview.cards, words.count.cardsIn))}</p>
      <ul>
        {Object.entries(others).map(([verdict, count]) => <li key={verdict}>{named(words.verdict, verdict)}: {format.whole(count)}</li>)}
      </ul>
      <p class="muted">{words.undo.asRead(format.moment(preview.readAt))}</p>
      <Notice tone="watch"><p>{words.undo.pauses}</p></Notice>
    </div>
  );
}
