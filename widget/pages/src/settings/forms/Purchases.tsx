import { useWords } from '../../words';
import { settingsWords } from '../words';
import { FormPage } from './FormPage';
import { CustomerPart, MoneyPart, ReturnsPart, WonPart } from './purchase-parts';

export default function Purchases() {
  const words = useWords(settingsWords).purchases;
  return (
    <FormPage title={words.title} sentence={words.sentence}>
      {(form) => (
        <>
          <WonPart form={form} />
          <MoneyPart form={form} />
          <CustomerPart form={form} />
          <ReturnsPart form={form} />
        </>
      )}
    </FormPage>
  );
}
