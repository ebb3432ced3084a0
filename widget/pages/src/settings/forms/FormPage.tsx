import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { hrefOf, navigate, useRoute } from '../../app/route';
import { useFormat } from '../../format';
import { Button, Notice, Page, ProblemNotice, Waiting } from '../../parts';
import { useWords } from '../../words';
import { fieldName, stageName } from '../describe';
import { type SettingsForm, useSettingsForm } from '../form';
import type { UnreadValue } from '../model';
import { type Focus, PreviewPanel } from '../preview/PreviewPanel';
import { usePreview } from '../preview/use-preview';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';
import { SaveBar } from './SaveBar';
import { StaleDialog } from './StaleDialog';
import '../settings.css';

export interface FormPageProps {
  readonly title: string;
  readonly sentence: string;
  readonly focus?: Focus;
  readonly children: (form: SettingsForm) => ComponentChildren;
  /** Below the form, over the whole width: what is saved at once and not with the form. */
  readonly below?: (form: SettingsForm) => ComponentChildren;
}

/** A part of the settings with its effect beside it, and one bar that saves all parts together. */
export function FormPage({ title, sentence, focus = 'numbers', children, below }: FormPageProps) {
  const { form, problem, reload } = useSettingsForm();
  const preview = usePreview(form?.settings ?? null);
  const { tab } = useRoute();
  const isFirst = form !== null && form.document.saved.version === 0 && form.changed.length === 0;
  useEffect(() => {
    // Whoever opens the settings for the first time, and no page of them by name, begins with the steps.
    if (isFirst && tab === '') navigate(hrefOf('settings', 'setup'));
  }, [isFirst, tab]);
  return (
    <Page title={title} sentence={sentence}>
      {form === null
        ? problem === null ? <Waiting height={480} /> : <ProblemNotice problem={problem} onRetry={reload} />
        : (
          <>
            <Hindrances form={form} />
            <div class="beside">
              <div class="beside__form">{children(form)}</div>
              <PreviewPanel preview={preview} isChanged={form.changed.length > 0} focus={focus} />
            </div>
            {below?.(form)}
            <SaveBar form={form} />
            {form.state.theirs !== null && <StaleDialog form={form} />}
          </>
        )}
    </Page>
  );
}

/** What stands between the settings and the numbers. */
function Hindrances({ form }: { form: SettingsForm }) {
  const words = useWords(settingsWords);
  const telling = useTelling(form.catalog);
  const { warnings, unread, isValued, saved } = form.document;
  return (
    <>
      {saved.version === 0 && (
        <Notice tone="none">
          <p>{words.form.isNew}</p>
          <p><a href={hrefOf('settings', 'setup')}>{words.form.openWizard}</a></p>
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="risk">
          <p>{words.form.warnings}</p>
          <ul>{warnings.map((warning) => <li key={warning.key}>{nameOf(warning.key, words.keys)}</li>)}</ul>
        </Notice>
      )}
      {unread.length > 0
        ? (
          <Notice tone="watch">
            <p>{words.form.unread} {unread.map((value) => unreadName(value, telling)).join(', ')}. {words.form.unreadStep}</p>
          </Notice>
        )
        : isValued === false && <Notice tone="none">{words.form.notValued}</Notice>}
    </>
  );
}

function nameOf(key: string, keys: Readonly<Record<string, string>>): string {
  return keys[key] ?? key;
}

function unreadName(value: UnreadValue, telling: Parameters<typeof fieldName>[2]): string {
  if (value.stage !== null) return stageName(value.stage, telling);
  return value.field === null ? '' : fieldName(value.field, value.entity === 'company' ? 'company' : 'lead', telling);
}

/** Asks for a value back to what is recommended, where it is another. */
export function Recommended({ isSame, onBack }: { isSame: boolean; onBack: () => void }) {
  const words = useWords(settingsWords).form;
  return isSame ? <span class="muted">{words.isRecommended}</span> : <Button look="plain" onClick={onBack}>{words.recommended}</Button>;
}

/** When the numbers follow a save, in a sentence. */
export function useFreshWords(): (fresh: { readonly when: 'soon' | 'afterReading' | 'night' | 'unchanged'; readonly at: string | null }) => string {
  const words = useWords(settingsWords).form;
  const format = useFormat();
  return ({ when, at }) => (when === 'soon' || when === 'unchanged' || at === null
    ? words.fresh[when]
    : `${words.fresh[when]} ${words.freshAt(format.moment(at))}`);
}
