import { type Query as Filter, replaceQuery, useRoute } from '../app/route';
import { useFormat } from '../format';
import { Button, orderOf, Page, SelectField, TextField } from '../parts';
import { useNames, useQuery } from '../session';
import { useWords } from '../words';
import type { Filters, Products } from './answers';
import { ClientTable } from './ClientTable';
import { productName } from './product-figures';
import { segmentName } from './segments';
import { analyticsWords } from './words';
import './analytics.css';

/** Filters of the list, as the address and the service call them. */
const known = [
  'search', 'tier', 'rfm', 'lifecycle', 'channel', 'manager', 'near', 'cohort', 'bought', 'recency', 'frequency',
  'probabilityFrom', 'probabilityTo', 'driver', 'level', 'forecast', 'acquired',
  'product', 'repeated', 'later', 'without',
] as const;

const bands = [['0', '0.2', 'low'], ['0.2', '0.4', 'unlikely'], ['0.4', '0.6', 'middle'], ['0.6', '0.8', 'likely'], ['0.8', '1', 'high']] as const;

export default function Clients() {
  const words = useWords(analyticsWords);
  const { query } = useRoute();
  const filters: Filter = Object.fromEntries(known.map((name) => [name, query[name]]));
  const { data } = useQuery<Filters>('/api/analytics/filters');
  const isNear = query['near'] !== undefined;
  const order = orderOf(query['order'] ?? '') ?? { by: isNear ? 'missing' : 'value', isDescending: !isNear };
  return (
    <Page title={words.list.title} sentence={words.list.sentence}>
      <FilterBar query={query} data={data} />
      <Chips query={query} data={data} />
      <ClientTable filters={filters} tiers={data?.tiers ?? []} order={order}
        with={isNear ? 'near' : query['acquired'] === 'true' || query['channel'] !== undefined ? 'cost' : null} />
    </Page>
  );
}

interface BarProps {
  readonly query: Readonly<Record<string, string>>;
  readonly data: Filters | null;
}

function FilterBar({ query, data }: BarProps) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const nameOf = useNames('users', (data?.managers ?? []).filter((user): user is number => user !== null));
  const { list } = words;
  const all = { value: '', title: words.all };
  const set = (name: string) => (value: string) => replaceQuery({ [name]: value === '' ? null : value });
  const states: readonly (keyof typeof words.lifecycle)[] = ['new', 'active', 'slipping', 'dormant', 'lost'];
  const groups = Object.keys(words.rfm).filter((code) => code !== 'unknown');
  const chosen = query['lifecycle'] ?? '';
  const several = chosen.includes(',') ? [{ value: chosen, title: chosen.split(',').map((code) => segmentName(words, 'lifecycle', code)).join(', ') }] : [];
  const band = bands.find(([from, to]) => query['probabilityFrom'] === from && query['probabilityTo'] === to)?.[0] ?? '';
  return (
    <div class="filters" role="search">
      <TextField label={list.search} value={query['search'] ?? ''} onChange={set('search')} maxLength={200} />
      <SelectField label={list.tier} value={query['tier'] ?? ''} onChange={set('tier')}
        options={[all, ...(data?.tiers ?? []).map((tier) => ({ value: tier.code, title: tier.name }))]} />
      <SelectField label={list.lifecycle} value={query['lifecycle'] ?? ''} onChange={set('lifecycle')}
        options={[all, ...states.map((code) => ({ value: code, title: words.lifecycle[code] })), ...several]} />
      <SelectField label={list.rfm} value={query['rfm'] ?? ''} onChange={set('rfm')}
        options={[all, ...groups.map((code) => ({ value: code, title: segmentName(words, 'rfm', code) }))]} />
      {(data?.channels.length ?? 0) > 0 && (
        <SelectField label={list.channel} value={query['channel'] ?? ''} onChange={set('channel')}
          options={[all, ...data!.channels.map((channel) => ({ value: channel, title: channel })), { value: '-', title: list.withoutChannel }]} />
      )}
      {(data?.managers.length ?? 0) > 1 && (
        <SelectField label={words.manager} value={query['manager'] ?? ''} onChange={set('manager')}
          options={[all, ...data!.managers.map((user) => (user === null
            ? { value: '-', title: words.nobody }
            : { value: String(user), title: nameOf(user) ?? shell.person.user(String(user)) }))]} />
      )}
      <SelectField label={list.probability} value={band}
        onChange={(from) => replaceQuery({ probabilityFrom: from === '' ? null : from, probabilityTo: bands.find((one) => one[0] === from)?.[1] ?? null })}
        options={[all, ...bands.map(([from, , name]) => ({ value: from, title: list.probabilities[name] }))]} />
      <SelectField label={list.near} value={query['near'] ?? ''} onChange={set('near')}
        options={[all, { value: 'any', title: list.anyNear }, ...(data?.tiers ?? []).slice(0, -1).map((tier) => ({ value: tier.code, title: tier.name }))]} />
    </div>
  );
}

/** Conditions that came with a link and have no field of their own. */
function Chips({ query, data }: BarProps) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { list } = words;
  const asked = query['product'] ?? query['without'];
  const named = useQuery<Pick<Products, 'names'>>(asked === undefined || asked === '' ? null : '/api/analytics/products').data?.names ?? {};
  const chips: { readonly names: readonly string[]; readonly text: string }[] = [];
  const add = (text: string, ...names: string[]) => chips.push({ names, text });
  if (query['cohort']) add(`${list.cohort}: ${periodWords(query['cohort'], format)}`, 'cohort');
  if (query['bought']) add(`${list.bought}: ${periodWords(query['bought'], format)}`, 'bought');
  if (query['recency'] ?? query['frequency']) add(list.scores(query['recency'] ?? '…', query['frequency'] ?? '…'), 'recency', 'frequency');
  if (query['driver']) add(`${list.driver}: ${query['level'] === '*' ? words.drivers.others : query['level'] ?? ''}`, 'driver', 'level');
  if (query['forecast']) add(query['forecast'] === 'true' ? list.withForecast : list.noForecast, 'forecast');
  if (query['product']) {
    const product = query['product'] === 'any' ? list.anyProduct : productName(named, query['product']);
    const bought = query['repeated'] === 'true' ? list.repeatedly : list.product;
    const later = query['later'] ? `. ${list.later}: ${productName(named, query['later'])}` : '';
    add(`${bought}: ${product}${later}`, 'product', 'repeated', 'later');
  }
  if (query['without']) add(`${list.without}: ${productName(named, query['without'])}`, 'without');
  if (query['acquired'] === 'true') add(list.acquired, 'acquired');
  if (query['channel'] && data !== null && !data.channels.includes(query['channel']) && query['channel'] !== '-') add(`${list.channel}: ${query['channel']}`, 'channel');
  const chosen = known.filter((name) => (query[name] ?? '') !== '');
  if (chosen.length === 0) return null;
  const without = (names: readonly string[]) => replaceQuery(Object.fromEntries(names.map((name) => [name, null])));
  return (
    <div class="chips">
      {chips.map(({ names, text }) => <Button key={text} icon="close" label={list.remove(text)} onClick={() => without(names)}>{text}</Button>)}
      <Button look="plain" onClick={() => without(chosen)}>{list.reset}</Button>
    </div>
  );
}

function periodWords(text: string, format: ReturnType<typeof useFormat>): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return format.quarter(`${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}`);
  const [from, to] = text.split(':');
  return to === undefined ? (text.length === 7 ? format.month(text) : text) : `${format.day(from)} – ${format.day(to)}`;
}
