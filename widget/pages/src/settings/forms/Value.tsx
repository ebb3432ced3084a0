import { useWords } from '../../words';
import { settingsWords } from '../words';
import { CurrencyPart } from './CurrencyPart';
import { FormPage } from './FormPage';
import { DriversPart, HeadlinePart, HorizonPart, LifetimePart, SchedulePart } from './value-parts';

export default function Value() {
  const words = useWords(settingsWords).value;
  return (
    <FormPage title={words.title} sentence={words.sentence}>
      {(form) => (
        <>
          <HeadlinePart form={form} />
          <HorizonPart form={form} />
          <LifetimePart form={form} />
          <DriversPart form={form} />
          <SchedulePart form={form} />
          <CurrencyPart form={form} />
        </>
      )}
    </FormPage>
  );
}
