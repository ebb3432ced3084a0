import { useEffect, useState } from 'preact/hooks';
import { hrefOf } from '../../app/route';
import { useFormat } from '../../format';
import { Button, Loaded, Notice, Page, ProblemNotice, useToast, Waiting } from '../../parts';
import { useAction, useQuery } from '../../session';
import { useWords } from '../../words';
import { CacPart, ChannelPart } from '../forms/channel-parts';
import { useFreshWords } from '../forms/FormPage';
import { CustomerPart, MoneyPart, ReturnsPart, WonPart } from '../forms/purchase-parts';
import { StaleDialog } from '../forms/StaleDialog';
import { HeadlinePart, HorizonPart } from '../forms/value-parts';
import { type SettingsForm, useSettingsForm } from '../form';
import { type AccountSettings, isSame } from '../model';
import { PreviewPanel } from '../preview/PreviewPanel';
import { usePreview } from '../preview/use-preview';
import { settingsWords } from '../words';
import type { WriteBackDocument } from '../writing/model';
import { Fields } from '../writing/WriteBack';
import { isDrafting, isStep, type Step, stepAfter, stepBefore, steps } from './steps';
import '../settings.css';

interface Draft {
  readonly basedOn: number;
  readonly step: string;
  readonly settings: AccountSettings;
  readonly updatedAt: string;
}

export default function Wizard() {
  const words = useWords(settingsWords).wizard;
  const { form, problem, reload } = useSettingsForm();
  const draft = useQuery<Draft | undefined>('/api/settings/draft');
  const isReady = form !== null && !draft.isLoading && draft.problem === null;
  return (
    <Page title={words.title} sentence={words.sentence}>
      {problem && form === null && <ProblemNotice problem={problem} onRetry={reload} />}
      {draft.problem && <ProblemNotice problem={draft.problem} onRetry={draft.reload} />}
      {isReady ? <Steps form={form} draft={draft.data ?? null} /> : !problem && !draft.problem && <Waiting height={480} />}
    </Page>
  );
}

function Steps({ form, draft }: { form: SettingsForm; draft: Draft | null }) {
  const words = useWords(settingsWords).wizard;
  const format = useFormat();
  const [step, setStep] = useState<Step>(draft !== null && isStep(draft.step) ? draft.step : 'purchases');
  const [isResumed, setResumed] = useState(draft !== null);
  const keep = useAction((api, at: Step) => api.put<unknown>('/api/settings/draft', { settings: form.settings, basedOn: form.state.saved.version, step: at }).then(() => true));
  const forget = useAction((api, _: null) => api.delete<unknown>('/api/settings/draft').then(() => true));
  useEffect(() => {
    // What was typed on the other pages meanwhile stands above an older draft.
    if (draft !== null && form.changed.length === 0 && !isSame(draft.settings, form.settings)) form.replace(draft.settings);
  }, []);
  const go = (to: Step) => {
    setStep(to);
    setResumed(false);
    if (isDrafting(to)) void keep.run(to);
    window.scrollTo({ top: 0 });
  };
  const restart = () => {
    form.discard();
    setStep('purchases');
    setResumed(false);
    void forget.run(null);
  };
  return (
    <div class="wizard">
      <StepList current={step} onGo={(to) => { if (isDrafting(step) && isDrafting(to)) go(to); }} />
      {isResumed && draft !== null && (
        <Notice tone="none">
          <p>{words.resumed(format.moment(draft.updatedAt))} {draft.basedOn !== form.state.saved.version && words.outdated}</p>
          <Button look="plain" onClick={restart}>{words.restart}</Button>
        </Notice>
      )}
      {!isResumed && step === 'purchases' && form.state.saved.version > 0 && <Notice tone="good">{words.already(format.whole(form.state.saved.version))}</Notice>}
      {keep.problem && <ProblemNotice problem={keep.problem} />}
      <section class="wizard__step" aria-label={words.steps[step]}>
        <h2>{words.steps[step]}</h2>
        <p class="page__sentence">{words.words[step]}</p>
        <StepBody step={step} form={form} onGo={go} onKeep={() => keep.run(step)} />
      </section>
    </div>
  );
}

function StepList({ current, onGo }: { current: Step; onGo: (step: Step) => void }) {
  const words = useWords(settingsWords).wizard;
  const format = useFormat();
  const at = steps.indexOf(current);
  return (
    <nav aria-label={words.progress(format.whole(at + 1), format.whole(steps.length))}>
      <ol class="step-list">
        {steps.map((step, index) => (
          <li key={step} class={index < at ? 'step-list__past' : index === at ? 'step-list__now' : undefined} aria-current={index === at ? 'step' : undefined}>
            {index < at && isDrafting(current) ? <button type="button" onClick={() => onGo(step)}>{words.steps[step]}</button> : <span>{words.steps[step]}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepBody({ step, form, onGo, onKeep }: { step: Step; form: SettingsForm; onGo: (step: Step) => void; onKeep: () => Promise<unknown> }) {
  const words = useWords(settingsWords).wizard;
  const toast = useToast();
  const preview = usePreview(isDrafting(step) ? form.settings : null);
  const isChanged = form.changed.length > 0;
  if (step === 'fields') return <FieldsStep onNext={() => onGo('done')} />;
  if (step === 'done') return <DoneStep />;
  const before = stepBefore(step);
  const buttons = (
    <div class="page__actions">
      {step === 'preview'
        ? <SaveButton form={form} onSaved={() => onGo('fields')} />
        : <Button look="primary" onClick={() => onGo(stepAfter(step))}>{words.next}</Button>}
      {before !== null && <Button onClick={() => onGo(before)}>{words.back}</Button>}
      <Button look="plain" onClick={() => void onKeep().then((done) => { if (done !== null) toast({ text: words.kept }); })}>{words.later}</Button>
    </div>
  );
  if (step === 'preview') {
    return (
      <>
        <PreviewPanel preview={preview} isChanged={isChanged} focus="segments" isWide />
        {form.state.theirs !== null && <StaleDialog form={form} />}
        {buttons}
      </>
    );
  }
  return (
    <>
      <div class="beside">
        <div class="beside__form">
          {step === 'purchases' && <><WonPart form={form} /><ReturnsPart form={form} /></>}
          {step === 'money' && <MoneyPart form={form} />}
          {step === 'customers' && <CustomerPart form={form} />}
          {step === 'channels' && <><ChannelPart form={form} /><CacPart form={form} /></>}
          {step === 'horizon' && <><HeadlinePart form={form} /><HorizonPart form={form} /></>}
          {buttons}
        </div>
        <PreviewPanel preview={preview} isChanged={isChanged} />
      </div>
    </>
  );
}

function SaveButton({ form, onSaved }: { form: SettingsForm; onSaved: () => void }) {
  const words = useWords(settingsWords);
  const toast = useToast();
  const fresh = useFreshWords();
  const save = async () => {
    const done = await form.save(words.wizard.comment);
    if (done === null) return;
    toast({ text: `${words.form.saved} ${fresh(done)}` });
    onSaved();
  };
  const wrong = Object.keys(form.state.errors) as (keyof typeof words.allowed)[];
  return (
    <>
      {form.problem && <ProblemNotice problem={form.problem} />}
      {wrong.length > 0 && <Notice tone="risk"><ul>{wrong.map((key) => <li key={key}>{words.keys[key]}: {words.allowed[key]}</li>)}</ul></Notice>}
      <Button look="primary" isBusy={form.isSaving} onClick={() => void save()}>{form.isSaving ? words.form.saving : words.wizard.save}</Button>
    </>
  );
}

function FieldsStep({ onNext }: { onNext: () => void }) {
  const words = useWords(settingsWords).wizard;
  const query = useQuery<WriteBackDocument>('/api/settings/write-back');
  return (
    <>
      <Loaded query={query} height={360}>
        {(document) => <div class="stack"><Fields key={JSON.stringify(document)} document={document} onChange={() => {
          query.reload();
          onNext();
        }} onStale={query.reload} isShort /></div>}
      </Loaded>
      <div class="page__actions"><Button onClick={onNext}>{words.skipFields}</Button></div>
    </>
  );
}

function DoneStep() {
  const words = useWords(settingsWords).wizard;
  return (
    <>
      <Notice tone="good">{words.doneTitle}</Notice>
      <ol class="plain-list">{words.doneSteps.map((text) => <li key={text}>{text}</li>)}</ol>
      <p class="page__actions">
        <a href={hrefOf('settings', 'purchases')}>{words.open.purchases}</a>
        <a href={hrefOf('settings', 'versions')}>{words.open.versions}</a>
      </p>
    </>
  );
}
