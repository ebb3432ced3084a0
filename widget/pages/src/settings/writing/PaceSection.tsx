import { useState } from 'preact/hooks';
import { Button, SelectField, useToast } from '../../parts';
import { useAction } from '../../session';
import { useWords } from '../../words';
import { Group, NeededNumber, Radios } from '../forms/inputs';
import { NotSaved } from '../NotSaved';
import { settingsWords } from '../words';
import type { WriteBackDocument } from './model';
import { useTold } from './told';

/** How fast is written, and in which language. */
export function PaceSection({ document, onChange, onStale }: {
  document: WriteBackDocument; onChange: (document: WriteBackDocument) => void; onStale: () => void;
}) {
  const words = useWords(settingsWords).writing;
  const shell = useWords();
  const toast = useToast();
  const told = useTold();
  const [rate, setRate] = useState({ cardsPerMinute: document.cardsPerMinute, minutesARun: document.minutesARun });
  const saveRate = useAction((api, body: typeof rate) => api.put<WriteBackDocument>('/api/settings/write-back/rate', { ...body, seen: document.seen }));
  const saveLanguage = useAction((api, language: string) => api.put<WriteBackDocument>('/api/settings/write-back/language', { language: language === 'auto' ? null : language, seen: document.seen }));
  const done = (next: WriteBackDocument | null) => {
    if (next === null) return;
    toast({ text: words.saved });
    onChange(next);
  };
  const isChanged = rate.cardsPerMinute !== document.cardsPerMinute || rate.minutesARun !== document.minutesARun;
  return (
    <>
      <Group title={words.rate} hint={words.rateHint}>
        {saveRate.problem && <NotSaved problem={saveRate.problem} told={told(saveRate.problem)} onShow={onStale} />}
        <Radios label={words.rate} isLabelHidden value={rate.cardsPerMinute === null ? 'fast' : 'slow'} recommended="fast"
          onChange={(kind) => setRate({ ...rate, cardsPerMinute: kind === 'fast' ? null : 60 })}
          options={[{ value: 'fast', title: words.fast }, { value: 'slow', title: words.slow }]}>
          {rate.cardsPerMinute !== null && (
            <>
              <NeededNumber label={words.slow} unit={words.perMinute} least={1} most={10000} value={rate.cardsPerMinute}
                onChange={(value) => setRate({ ...rate, cardsPerMinute: Math.round(value) })} />
              <NeededNumber label={words.minutes} hint={words.minutesHint} unit={words.minutesUnit} least={1} most={1440} value={rate.minutesARun}
                onChange={(value) => setRate({ ...rate, minutesARun: Math.round(value) })} />
            </>
          )}
        </Radios>
        {isChanged && <div><Button look="primary" isBusy={saveRate.isRunning} onClick={() => void saveRate.run(rate).then(done)}>{shell.save}</Button></div>}
      </Group>
      <div class="group">
        {saveLanguage.problem && <NotSaved problem={saveLanguage.problem} told={told(saveLanguage.problem)} onShow={onStale} />}
        <SelectField label={words.language} value={document.language ?? 'auto'}
          options={(['auto', 'ru', 'en'] as const).map((language) => ({ value: language, title: words.languages[language] }))}
          onChange={(language) => void saveLanguage.run(language).then(done)} />
      </div>
    </>
  );
}
