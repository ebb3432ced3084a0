import type { Me } from '../session/me';

export type CrmEntity = 'companies' | 'contacts' | 'leads';

/** The page of a card in the CRM. */
export function crmCard(account: Me['account'], entity: CrmEntity, id: number): string {
  return new URL(`/${entity}/detail/${id}`, account.address).href;
}

/** The CRM's own list of its users: one user has no page. */
export function crmUsers(account: Me['account']): string {
  return new URL('/settings/users/', account.address).href;
}
