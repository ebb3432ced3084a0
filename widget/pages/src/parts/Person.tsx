import { useMe } from '../app/context';
import { crmCard, type CrmEntity, crmUsers } from '../app/crm';
import type { People } from '../session/messages';
import { useNames } from '../session/names';
import { useWords } from '../words';
import type { ComponentChildren } from 'preact';

/** A link to a card of the CRM. Opens beside the page, which stays as it is. */
export function CrmLink({ entity, id, children }: { entity: CrmEntity; id: number; children: ComponentChildren }) {
  const { account } = useMe();
  return <a href={crmCard(account, entity, id)} target="_blank" rel="noopener noreferrer">{children}</a>;
}

/**
 * A contact or a manager: by name inside the CRM, by number elsewhere, since names of people are never stored.
 * Many of them on a page are asked for in one request. `isShort`: the number alone, where a column says whose it is.
 */
export function Person({ of, id, isShort = false }: { of: People; id: number; isShort?: boolean }) {
  const words = useWords();
  const { account } = useMe();
  const nameOf = useNames(of, [id]);
  const name = nameOf(id);
  if (of === 'contacts') return <CrmLink entity="contacts" id={id}>{name ?? words.person.contact(String(id))}</CrmLink>;
  return name === null
    ? <a href={crmUsers(account)} target="_blank" rel="noopener noreferrer">{isShort ? words.person.userShort(String(id)) : words.person.user(String(id))}</a>
    : <span>{name}</span>;
}

/** A client: a company by its name, a contact by the name the CRM gives. */
export function Client({ kind, id, name }: { kind: 'company' | 'contact'; id: number; name: string | null }) {
  if (kind === 'contact') return <Person of="contacts" id={id} />;
  return <CrmLink entity="companies" id={id}>{name ?? `#${id}`}</CrmLink>;
}
