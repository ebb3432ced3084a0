import { useMe } from '../../app/context';
import { CheckField, Field, NumberField } from '../../parts';
import { useWords } from '../../words';
import { settingsWords } from '../words';
import { Checks, Group, NeededNumber, Radios, useErrorOf } from './inputs';
import type { PartProps } from './purchase-parts';

/** Which number the card shows first. */
export function HeadlinePart({ form }: PartProps) {
  const words = useWords(settingsWords);
  return (
    <Group title={words.value.headline}>
      <Radios label={words.keys.headline} isLabelHidden value={form.settings.headline} recommended="formula" onChange={(kind) => form.set('headline', kind)}
        options={(['formula', 'historical', 'total'] as const).map((kind) => ({ value: kind, title: words.kinds.headline[kind], hint: words.value.headlineWords[kind] }))} />
    </Group>
  );
}

/** How far ahead is looked. */
export function HorizonPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  return (
    <Group title={words.value.horizon}>
      <NeededNumber label={words.keys.horizonMonths} hint={words.value.horizonHint} unit={words.purchases.monthsUnit} value={form.settings.horizonMonths}
        least={0} most={999} problem={errorOf('horizonMonths')} onChange={(months) => form.set('horizonMonths', Math.round(months))} />
      <NeededNumber label={words.keys.discountPercent} hint={words.value.discountHint} unit="%" value={form.settings.discountPercent}
        problem={errorOf('discountPercent')} onChange={(percent) => form.set('discountPercent', percent)} />
    </Group>
  );
}

/** How long a relationship lasts. */
export function LifetimePart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { fixedYears, assumedYears, maximumYears } = form.settings.lifetime;
  const isFixed = fixedYears !== null;
  return (
    <Group title={words.value.lifetime}>
      <Radios label={words.value.lifetime} isLabelHidden value={isFixed ? 'fix' : 'estimate'} recommended="estimate"
        onChange={(kind) => form.set('lifetime.fixedYears', kind === 'fix' ? 3 : null)} options={[
          { value: 'estimate', title: words.value.estimate, hint: words.value.lifetimeHint },
          { value: 'fix', title: words.value.fix },
        ]}>
        {isFixed
          ? (
            <NeededNumber label={words.keys['lifetime.fixedYears']} unit={words.value.yearsUnit} value={fixedYears}
              problem={errorOf('lifetime.fixedYears')} onChange={(years) => form.set('lifetime.fixedYears', years)} />
          )
          : (
            <>
              <NumberField label={words.keys['lifetime.assumedYears']} hint={words.value.assumedHint} unit={words.value.yearsUnit} value={assumedYears}
                problem={errorOf('lifetime.assumedYears')} onChange={(years) => form.set('lifetime.assumedYears', years)} />
              <NeededNumber label={words.keys['lifetime.maximumYears']} hint={words.value.maximumHint} unit={words.value.yearsUnit} value={maximumYears}
                problem={errorOf('lifetime.maximumYears')} onChange={(years) => form.set('lifetime.maximumYears', years)} />
            </>
          )}
      </Radios>
    </Group>
  );
}

/** Fields by which clients are compared. */
export function DriversPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { companyFields, leadFields } = form.settings.drivers;
  const offered = (fields: typeof form.catalog.leadFields, chosen: readonly number[]) => [
    ...fields.filter((field) => field.kind !== 'date' && !field.isOurs).map((field) => ({ id: field.id, title: field.name })),
    ...chosen.filter((id) => !fields.some((field) => field.id === id)).map((id) => ({ id, title: words.fieldGone(String(id)) })),
  ];
  return (
    <Group title={words.value.drivers} hint={words.value.driversHint}>
      <Checks label={words.value.companyFields} chosen={companyFields} options={offered(form.catalog.companyFields, companyFields)}
        empty={words.value.noFields} problem={errorOf('drivers.companyFields')} onChange={(chosen) => form.set('drivers.companyFields', chosen)} />
      <Checks label={words.value.leadFields} chosen={leadFields} options={offered(form.catalog.leadFields, leadFields)}
        empty={words.value.noFields} problem={errorOf('drivers.leadFields')} onChange={(chosen) => form.set('drivers.leadFields', chosen)} />
    </Group>
  );
}

/** When the night runs, and what stays after leaving. */
export function SchedulePart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { account } = useMe();
  return (
    <>
      <Group title={words.value.schedule}>
        <Field label={words.keys.scheduleTime} hint={words.value.scheduleHint(account.timeZone)} problem={errorOf('scheduleTime')}>
          {(ids) => (
            <input {...ids} type="time" class="time" value={form.settings.scheduleTime.slice(0, 5)}
              onChange={(event) => { if (event.currentTarget.value !== '') form.set('scheduleTime', `${event.currentTarget.value.slice(0, 5)}:00`); }} />
          )}
        </Field>
      </Group>
      <Group title={words.value.leaving}>
        <CheckField label={words.value.erase} hint={words.value.eraseHint} isOn={form.settings.eraseAfterUninstall}
          onChange={(isOn) => form.set('eraseAfterUninstall', isOn)} />
      </Group>
    </>
  );
}
