import { useState } from 'preact/hooks';
import { IconButton, SelectField } from '../../parts';
import { useQuery } from '../../session';
import { useWords } from '../../words';
import { settingsWords } from '../words';
import { FieldSelect, Group, NeededNumber, Radios, useErrorOf } from './inputs';
import type { PartProps } from './purchase-parts';

/** Where a client's channel comes from. */
export function ChannelPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { channel } = form.settings;
  const kinds = ['none', 'field', 'source', 'tag'] as const;
  return (
    <Group title={words.channels.channel} hint={words.channels.channelHint}>
      <Radios label={words.keys['channel.kind']} isLabelHidden value={channel.kind} onChange={(kind) => form.set('channel.kind', kind)}
        options={kinds.map((kind) => ({ value: kind, title: words.kinds.channel[kind] }))}>
        {channel.kind === 'field' && (
          <FieldSelect label={words.keys['channel.field']} none={null} fields={form.catalog.leadFields} of="text" value={channel.field}
            problem={errorOf('channel.field')} onChange={(id) => form.set('channel.field', id)} />
        )}
        {channel.kind === 'tag' && <Tags form={form} />}
      </Radios>
      {errorOf('channel.kind') && <p class="field__problem" role="alert">{errorOf('channel.kind')}</p>}
    </Group>
  );
}

function Tags({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const known = useQuery<readonly string[]>('/api/settings/tags');
  const { tags } = form.settings.channel;
  const free = (known.data ?? []).filter((tag) => !tags.includes(tag) && !tag.includes(','));
  return (
    <div class="stage-list">
      {tags.map((tag) => (
        <div key={tag} class="stage-list__one">
          <span>{tag}</span>
          <IconButton icon="close" label={words.channels.removeTag(tag)} onClick={() => form.set('channel.tags', tags.filter((one) => one !== tag))} />
        </div>
      ))}
      <SelectField label={words.channels.tag} hint={words.channels.tagsHint} problem={errorOf('channel.tags')} value=""
        options={[{ value: '', title: words.channels.addTag }, ...free.map((tag) => ({ value: tag, title: tag }))]}
        onChange={(tag) => { if (tag !== '') form.set('channel.tags', [...tags, tag]); }} />
    </div>
  );
}

/** Where the cost of acquiring comes from. */
export function CacPart({ form }: PartProps) {
  const words = useWords(settingsWords);
  const errorOf = useErrorOf(form);
  const { cac } = form.settings;
  const kinds = ['none', 'companyField', 'channelTable'] as const;
  const [isOpen, setOpen] = useState(cac.kind !== 'none');
  return (
    <Group title={words.channels.cac}>
      <Radios label={words.keys['cac.kind']} isLabelHidden value={cac.kind} onChange={(kind) => {
        form.set('cac.kind', kind);
        setOpen(kind !== 'none');
      }} options={kinds.map((kind) => ({
        value: kind, title: words.kinds.cac[kind], ...(kind === 'channelTable' ? { hint: words.channels.cacHint } : {}),
      }))}>
        {cac.kind === 'companyField' && (
          <FieldSelect label={words.keys['cac.field']} none={null} fields={form.catalog.companyFields} of="number" value={cac.field}
            problem={errorOf('cac.field')} onChange={(id) => form.set('cac.field', id)} />
        )}
      </Radios>
      {(isOpen || errorOf('cac.targetRatio')) && (
        <NeededNumber label={words.keys['cac.targetRatio']} hint={words.channels.ratioHint} value={cac.targetRatio} problem={errorOf('cac.targetRatio')}
          onChange={(ratio) => form.set('cac.targetRatio', ratio)} />
      )}
    </Group>
  );
}
