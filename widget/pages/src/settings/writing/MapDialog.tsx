import { useState } from 'preact/hooks';
import { withQuery } from '../../app/route';
import { Button, Choice, Dialog, Loaded, SelectField, useToast } from '../../parts';
import { useAction, useQuery } from '../../session';
import { useWords } from '../../words';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';
import { outputName } from './FieldTable';
import type { WriteBackDocument, WriteBackOutput } from './model';
import { useTold } from './told';

/** Lets a number go into a field that the account already has. */
export function MapDialog({ document, places, onClose, onDone, onStale }: {
  document: WriteBackDocument; places: readonly WriteBackOutput[]; onClose: () => void; onDone: (document: WriteBackDocument) => void; onStale: () => void;
}) {
  const words = useWords(settingsWords).writing;
  const shell = useWords();
  const toast = useToast();
  const told = useTold();
  const [field, setField] = useState('');
  const [entity, setEntity] = useState(places[0]!.entity);
  const { output } = places[0]!;
  const fitting = useQuery<readonly { readonly id: number; readonly name: string }[]>(
    withQuery('/api/settings/write-back/fitting', { entity, output }));
  const map = useAction((api, id: number) => api.post<WriteBackDocument>('/api/settings/write-back/map', { entity, output, field: id, seen: document.seen }));
  const run = async () => {
    const done = await map.run(Number(field));
    if (done === null) return;
    toast({ text: words.mapped_done });
    onDone(done);
    onClose();
  };
  const show = () => {
    onStale();
    onClose();
  };
  return (
    <Dialog title={words.mapTitle(outputName(output, words))} onClose={onClose} actions={(
      <>
        <Button look="primary" isDisabled={field === ''} isBusy={map.isRunning} onClick={() => void run()}>{words.mapAction}</Button>
        <Button onClick={onClose}>{shell.cancel}</Button>
      </>
    )}>
      <p class="muted">{words.mapWords}</p>
      {places.length > 1 && (
        <Choice label={words.where} value={entity} options={places.map((place) => ({ value: place.entity, title: words.entity[place.entity] }))}
          onChange={(chosen) => {
            setEntity(chosen);
            setField('');
          }} />
      )}
      {map.problem && <NotSaved problem={map.problem} told={told(map.problem)} onShow={show} />}
      <Loaded query={fitting} height={60}>
        {(fields) => (fields.length === 0
          ? <p>{words.mapNone}</p>
          : (
            <SelectField label={words.mapField} value={field} onChange={setField} options={[
              { value: '', title: shell.none },
              ...fields.map((one) => ({ value: String(one.id), title: one.name })),
            ]} />
          ))}
      </Loaded>
    </Dialog>
  );
}
