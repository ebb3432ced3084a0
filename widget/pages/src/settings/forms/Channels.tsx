import { useWords } from '../../words';
import { SpendSection } from '../spend/SpendSection';
import { settingsWords } from '../words';
import { CacPart, ChannelPart } from './channel-parts';
import { FormPage } from './FormPage';

export default function Channels() {
  const words = useWords(settingsWords).channels;
  return (
    <FormPage title={words.title} sentence={words.sentence} below={(form) => <SpendSection isUsed={form.settings.cac.kind === 'channelTable'} />}>
      {(form) => (
        <>
          <ChannelPart form={form} />
          <CacPart form={form} />
        </>
      )}
    </FormPage>
  );
}
