import { useFormat } from '../../format';
import { Button, IconButton, NumberField, SelectField, useToast } from '../../parts';
import { useWords } from '../../words';
import { type Key } from '../keys';
import { isSame, type Tier } from '../model';
import { settingsWords } from '../words';
import { FormPage, Recommended } from './FormPage';
import { Group, NeededNumber, Radios, useErrorOf } from './inputs';
import type { PartProps } from './purchase-parts';
import { added, changed, mayAdd, mayRemove, removed, ruled } from './tiers';

export default function Segments() {
  const words = useWords(settingsWords).segments;
  return (
    <FormPage title={words.title} sentence={words.sentence} focus="segments">
      {(form) => (
        <>
          <TiersPart form={form} />
          <RfmPart form={form} />
          <LifecyclePart form={form} />
        </>
      )}
    </FormPage>
  );
}

function TiersPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const toast = useToast();
  const { tiers } = form.settings;
  const rules = ['share', 'percentile', 'money'] as const;
  return (
    <Group title={words.segments.tiers}>
      <SelectField label={words.segments.rule} hint={words.segments.ruleWords[tiers.rule]} value={tiers.rule}
        options={rules.map((rule) => ({ value: rule, title: words.kinds.tierRule[rule] }))}
        onChange={(rule) => form.set('tiers', ruled(tiers, rule as (typeof rules)[number]))} />
      <div class="tiers">
        {tiers.tiers.map((tier) => (
          <TierRow key={tier.code} tier={tier} rule={tiers.rule} isLast={tier === tiers.tiers.at(-1)}
            onChange={(change) => form.set('tiers', changed(tiers, tier.code, change))}
            onRemove={mayRemove(tiers) ? () => {
              form.set('tiers', removed(tiers, tier.code));
              toast({ text: words.segments.remove(tier.name), onUndo: () => form.set('tiers', tiers) });
            } : null} />
        ))}
      </div>
      {errorOf('tiers') && <p class="field__problem" role="alert">{errorOf('tiers')}</p>}
      <div class="page__actions">
        {mayAdd(tiers) && <Button onClick={() => form.set('tiers', added(tiers))}>{words.segments.add}</Button>}
        <Recommended isSame={isSame(tiers, form.document.defaults.tiers)} onBack={() => form.set('tiers', form.document.defaults.tiers)} />
      </div>
    </Group>
  );
}

function TierRow({ tier, rule, isLast, onChange, onRemove }: {
  tier: Tier; rule: 'share' | 'percentile' | 'money'; isLast: boolean; onChange: (change: Partial<Omit<Tier, 'code'>>) => void; onRemove: (() => void) | null;
}) {
  const words = useWords(settingsWords).segments;
  return (
    <div class="tiers__one">
      <input type="color" aria-label={words.colorOf(tier.code)} value={tier.color} onInput={(event) => onChange({ color: event.currentTarget.value })} />
      <input type="text" class="input" aria-label={words.nameOf(tier.code)} maxLength={40} value={tier.name} onInput={(event) => onChange({ name: event.currentTarget.value })} />
      {isLast
        ? <span class="muted tiers__rest">{words.rest}</span>
        : (
          <NumberField label={rule === 'money' ? words.from : rule === 'share' ? words.upTo : words.upToClients} value={tier.threshold}
            onChange={(threshold) => { if (threshold !== null) onChange({ threshold }); }} />
        )}
      {onRemove && !isLast ? <IconButton icon="close" label={words.remove(tier.name)} onClick={onRemove} /> : <span class="tiers__gap" />}
    </div>
  );
}

const ownCuts = { 'rfm.recencyDays': [30, 90, 180, 365], 'rfm.purchases': [2, 3, 4, 7], 'rfm.value': [10_000, 50_000, 200_000, 1_000_000] } as const;

function RfmPart({ form }: PartProps) {
  const words = useWords(settingsWords).segments;
  return (
    <Group title={words.rfm} hint={words.rfmHint}>
      <CutsPart form={form} name="rfm.recencyDays" label={words.recencyDays} scores={[5, 4, 3, 2]} cuts={form.settings.rfm.recencyDays} />
      <CutsPart form={form} name="rfm.purchases" label={words.purchasesCut} scores={[2, 3, 4, 5]} cuts={form.settings.rfm.purchases} />
      <CutsPart form={form} name="rfm.value" label={words.valueCut} scores={[2, 3, 4, 5]} cuts={form.settings.rfm.value} />
    </Group>
  );
}

function CutsPart({ form, name, label, scores, cuts }: PartProps & { name: keyof typeof ownCuts; label: string; scores: readonly number[]; cuts: readonly number[] }) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  return (
    <Radios label={words.keys[name satisfies Key]} value={cuts.length === 0 ? 'quintiles' : 'own'} recommended="quintiles"
      onChange={(kind) => form.set(name, kind === 'own' ? ownCuts[name] : [])}
      options={[{ value: 'quintiles', title: words.segments.quintiles }, { value: 'own', title: words.segments.own }]}>
      {cuts.length > 0 && (
        <>
          <p class="muted">{label}</p>
          <div class="cuts">
            {cuts.map((cut, index) => (
              <NeededNumber key={scores[index]} label={words.segments.score(String(scores[index]))} value={cut}
                onChange={(value) => form.set(name, cuts.map((old, at) => (at === index ? (name === 'rfm.value' ? value : Math.round(value)) : old)))} />
            ))}
          </div>
          {errorOf(name) && <p class="field__problem" role="alert">{errorOf(name)}</p>}
        </>
      )}
    </Radios>
  );
}

function LifecyclePart({ form }: PartProps) {
  const words = useWords(settingsWords).segments;
  const shell = useWords();
  const format = useFormat();
  const errorOf = useErrorOf(form);
  const { slippingAfterGaps, dormantAfterGaps, lostAfterGaps } = form.settings.lifecycle;
  const defaults = form.document.defaults.lifecycle;
  const days = (gaps: number) => format.count(Math.round(gaps * 30), shell.count.days);
  return (
    <Group title={words.lifecycle} hint={words.lifecycleHint}>
      <div class="cuts">
        <NeededNumber label={words.slipping} unit={words.gapsUnit} value={slippingAfterGaps} problem={errorOf('lifecycle.slippingAfterGaps')}
          onChange={(value) => form.set('lifecycle.slippingAfterGaps', value)} />
        <NeededNumber label={words.dormant} unit={words.gapsUnit} value={dormantAfterGaps} problem={errorOf('lifecycle.dormantAfterGaps')}
          onChange={(value) => form.set('lifecycle.dormantAfterGaps', value)} />
        <NeededNumber label={words.lost} unit={words.gapsUnit} value={lostAfterGaps} problem={errorOf('lifecycle.lostAfterGaps')}
          onChange={(value) => form.set('lifecycle.lostAfterGaps', value)} />
      </div>
      <p class="muted">{words.example(days(1), days(slippingAfterGaps), days(dormantAfterGaps), days(lostAfterGaps))}</p>
      <Recommended isSame={isSame(form.settings.lifecycle, defaults)} onBack={() => {
        form.set('lifecycle.slippingAfterGaps', defaults.slippingAfterGaps);
        form.set('lifecycle.dormantAfterGaps', defaults.dormantAfterGaps);
        form.set('lifecycle.lostAfterGaps', defaults.lostAfterGaps);
      }} />
    </Group>
  );
}
