import { CheckField, NumberField, SelectField } from '../../parts';
import { useWords } from '../../words';
import { stageName } from '../describe';
import type { SettingsForm } from '../form';
import { type AccountSettings, type ReturnKind, type ReturnStage, type StageKey, WON } from '../model';
import { useTelling } from '../use-telling';
import { settingsWords } from '../words';
import { Checks, FieldSelect, Group, Radios, StageList, useErrorOf } from './inputs';

export interface PartProps {
  readonly form: SettingsForm;
}

/** Which deals count as purchases. */
export function WonPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { pipelines, extraStages } = form.settings.wonStages;
  const open = form.catalog.pipelines.filter((pipeline) => !pipeline.isArchive || pipelines.includes(pipeline.id));
  return (
    <Group title={words.purchases.which}>
      <CheckField label={words.purchases.allPipelines} isOn={pipelines.length === 0}
        onChange={(isOn) => form.set('wonStages.pipelines', isOn ? [] : open.map(({ id }) => id))} />
      {pipelines.length > 0 && (
        <Checks label={words.purchases.pipelines} hint={words.purchases.pipelinesHint} chosen={pipelines} problem={errorOf('wonStages.pipelines')}
          options={open.map((pipeline) => ({ id: pipeline.id, title: pipeline.isArchive ? words.purchases.archived(pipeline.name) : pipeline.name }))}
          onChange={(chosen) => form.set('wonStages.pipelines', chosen)} />
      )}
      <StageList form={form} label={words.purchases.extra} hint={words.purchases.extraHint} add={words.purchases.addStage}
        items={extraStages} stageOf={(stage) => stage} itemOf={(stage) => stage} taken={wonOf(form.settings, form.catalog.pipelines.map(({ id }) => id))}
        problem={errorOf('wonStages.extraStages')} onChange={(stages) => form.set('wonStages.extraStages', stages)} />
    </Group>
  );
}

/** What takes a purchase back. */
export function ReturnsPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const telling = useTelling(form.catalog);
  const kinds: readonly ReturnKind[] = ['reversal', 'creditNote'];
  return (
    <Group title={words.purchases.returns}>
      <StageList<ReturnStage> form={form} label={words.purchases.returnStage} hint={words.purchases.returnsHint} add={words.purchases.addReturn}
        items={form.settings.returns} stageOf={(item) => item.stage} itemOf={(stage) => ({ stage, kind: 'reversal' })}
        taken={form.settings.wonStages.extraStages} problem={errorOf('returns')} onChange={(items) => form.set('returns', items)}
        extra={(item, change) => (
          <select aria-label={words.purchases.returnKind(stageName(item.stage, telling))} value={item.kind}
            onChange={(event) => change({ ...item, kind: event.currentTarget.value as ReturnKind })}>
            {kinds.map((kind) => <option key={kind} value={kind} selected={kind === item.kind}>{words.kinds.return[kind]}</option>)}
          </select>
        )} />
    </Group>
  );
}

/** What a purchase is worth, and what it cost. */
export function MoneyPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { amountField, purchaseDateField, cost, vatIncluded } = form.settings;
  const fields = form.catalog.leadFields;
  const vat = vatIncluded === null ? 'none' : vatIncluded ? 'yes' : 'no';
  return (
    <Group title={words.purchases.money}>
      <FieldSelect label={words.keys.amountField} hint={words.purchases.amountHint} none={words.values.price} fields={fields} of="number"
        value={amountField} problem={errorOf('amountField')} onChange={(id) => form.set('amountField', id)} />
      <FieldSelect label={words.keys.purchaseDateField} hint={words.purchases.dateHint} none={words.values.closedAt} fields={fields} of="date"
        value={purchaseDateField} problem={errorOf('purchaseDateField')} onChange={(id) => form.set('purchaseDateField', id)} />
      <Radios label={words.keys['cost.kind']} value={cost.kind} onChange={(kind) => form.set('cost.kind', kind)} options={[
        { value: 'none', title: words.kinds.cost.none },
        { value: 'field', title: words.kinds.cost.field, hint: words.purchases.costHint },
        { value: 'fixedMargin', title: words.kinds.cost.fixedMargin },
      ]}>
        {cost.kind === 'field' && (
          <FieldSelect label={words.keys['cost.field']} none={null} fields={fields} of="number" value={cost.field}
            problem={errorOf('cost.field')} onChange={(id) => form.set('cost.field', id)} />
        )}
        {cost.kind === 'fixedMargin' && (
          <NumberField label={words.keys['cost.marginPercent']} unit="%" value={cost.marginPercent} problem={errorOf('cost.marginPercent')}
            onChange={(value) => form.set('cost.marginPercent', value)} />
        )}
      </Radios>
      <SelectField label={words.keys.vatIncluded} hint={words.purchases.vatHint} value={vat}
        options={(['none', 'yes', 'no'] as const).map((kind) => ({ value: kind, title: words.kinds.vat[kind] }))}
        onChange={(kind) => form.set('vatIncluded', kind === 'none' ? null : kind === 'yes')} />
    </Group>
  );
}

/** Whose a purchase is, and which ones are summed. */
export function CustomerPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { customer, periodMonths } = form.settings;
  return (
    <Group title={words.purchases.whose}>
      <Radios label={words.keys.customer} value={customer} recommended="companyElseContact" onChange={(kind) => form.set('customer', kind)} options={[
        { value: 'companyElseContact', title: words.kinds.customer.companyElseContact, hint: words.purchases.customerHint },
        { value: 'companyOnly', title: words.kinds.customer.companyOnly },
        { value: 'contactOnly', title: words.kinds.customer.contactOnly },
      ]} />
      <Radios label={words.purchases.period} value={periodMonths === null ? 'all' : 'last'} recommended="all"
        onChange={(kind) => form.set('periodMonths', kind === 'all' ? null : 24)} options={[
          { value: 'all', title: words.purchases.wholeHistory, hint: words.purchases.periodHint },
          { value: 'last', title: words.purchases.lastMonths },
        ]}>
        {periodMonths !== null && (
          <NumberField label={words.keys.periodMonths} unit={words.purchases.monthsUnit} value={periodMonths} least={0} most={999}
            problem={errorOf('periodMonths')} onChange={(value) => { if (value !== null) form.set('periodMonths', Math.round(value)); }} />
        )}
      </Radios>
    </Group>
  );
}

/** Stages that count already: they need not be added. */
function wonOf(settings: AccountSettings, all: readonly number[]): readonly StageKey[] {
  const { pipelines } = settings.wonStages;
  return [
    ...(pipelines.length === 0 ? all : pipelines).map((pipeline) => ({ pipeline, status: WON })),
    ...settings.returns.map(({ stage }) => stage),
  ];
}
