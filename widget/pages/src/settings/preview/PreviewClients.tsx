import { useState } from 'preact/hooks';
import { Client, CrmLink, Empty, Icon } from '../../parts';
import type { SettingsWords } from '../words';
import { clientLines, reasonName } from './lines';
import type { PreviewClient, PreviewVerdict } from './model';
import { Comparison, useTold } from './PreviewPanel';

/** Five real clients, each unfolding into its numbers and its leads. */
export function PreviewClients({ clients, isChanged }: { clients: readonly PreviewClient[]; isChanged: boolean }) {
  const { words } = useTold();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section class="preview__clients" aria-label={words.preview.clients}>
      <h3>{words.preview.clients}</h3>
      {clients.length === 0
        ? <Empty title={words.preview.clients}>{words.preview.noClients}</Empty>
        : clients.map((client) => {
          const id = `${client.kind}-${client.id}`;
          return <ClientCard key={id} client={client} isChanged={isChanged} isOpen={open === id} onToggle={() => setOpen(open === id ? null : id)} />;
        })}
    </section>
  );
}

function ClientCard({ client, isChanged, isOpen, onToggle }: { client: PreviewClient; isChanged: boolean; isOpen: boolean; onToggle: () => void }) {
  const told = useTold();
  const { words, format } = told;
  const says = (figures: PreviewClient['old']) =>
    (figures === null ? words.preview.notClient : figures.ltv === null ? words.preview.noLtv : format.money(figures.ltv));
  const [was, is] = [says(client.old), says(client.new)];
  return (
    <div class={isChanged && was !== is ? 'preview-client preview-client_changed' : 'preview-client'}>
      <div class="preview-client__head">
        <span class="preview-client__name">
          <Client kind={client.kind} id={client.id} name={client.name} />
          <span class="muted">{words.preview.why[client.why]}</span>
        </span>
        <span class="preview-client__ltv">
          {isChanged && was !== is ? <><span class="muted">{was} → </span><strong>{is}</strong></> : <strong>{is}</strong>}
        </span>
        <button type="button" class="icon-button" aria-expanded={isOpen} aria-label={`${words.advanced}: ${client.name ?? client.id}`} onClick={onToggle}>
          <Icon name={isOpen ? 'up' : 'down'} />
        </button>
      </div>
      {isOpen && (
        <div class="preview-client__body">
          <Comparison lines={clientLines(client.old, client.new, told)} isChanged={isChanged} />
          {client.new?.isFloored === true && <p class="muted">{words.preview.floored}</p>}
          <Leads client={client} isChanged={isChanged} />
        </div>
      )}
    </div>
  );
}

function Leads({ client, isChanged }: { client: PreviewClient; isChanged: boolean }) {
  const { words, format } = useTold();
  if (client.leads.length === 0) return null;
  return (
    <>
      <p class="muted">{words.preview.leads(format.whole(client.leads.length), format.whole(client.leadCount))}</p>
      <table class="compare">
        <caption class="unseen">{words.preview.lead}</caption>
        <thead class={isChanged ? undefined : 'unseen'}>
          <tr>
            <th scope="col">{words.preview.lead}</th>
            <th scope="col" class="right">{words.preview.old}</th>
            {isChanged && <th scope="col" class="right">{words.preview.isNew}</th>}
          </tr>
        </thead>
        <tbody>
          {client.leads.map((lead) => {
            const [was, is] = [saysVerdict(lead.old, words, format.money), saysVerdict(lead.new, words, format.money)];
            return (
              <tr key={lead.id} class={isChanged && was !== is ? 'compare__changed' : undefined}>
                <th scope="row"><CrmLink entity="leads" id={lead.id}>{`#${lead.id}`}</CrmLink><br /><span class="muted">{format.day(lead.new.day ?? lead.old.day)}</span></th>
                <td class="right">{was}</td>
                {isChanged && <td class="right">{was === is ? is : <strong>{is}</strong>}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

export function saysVerdict(verdict: PreviewVerdict, words: SettingsWords, money: (value: number | null) => string): string {
  if (verdict.reason !== null) return reasonName(verdict.reason, words);
  return `${verdict.kind === 'creditNote' ? words.preview.creditNote : words.preview.counted}, ${money(verdict.amount)}`;
}
