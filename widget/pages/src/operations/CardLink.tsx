import { CrmLink, Person } from '../parts';
import { useWords } from '../words';
import type { Card } from './model';
import { operationsWords } from './words';

/** A card of the CRM: a company by its name, a contact by what the CRM calls it. */
export function CardLink({ card, id, name }: { card: Card; id: number; name: string | null }) {
  const words = useWords(operationsWords);
  if (card === 'contact') return <Person of="contacts" id={id} />;
  return <CrmLink entity={card === 'company' ? 'companies' : 'leads'} id={id}>{name ?? `${words.card[card]} ${id}`}</CrmLink>;
}
