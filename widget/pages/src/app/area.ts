import type { ComponentType } from 'preact';
import type { Role } from '../session/me';
import type { AreaId } from '../session/messages';
import type { Language } from '../words/language';

/** One page of an area. Its module is loaded when the tab is opened for the first time. */
export interface Tab {
  /** Second part of the address: `#/analytics/overview`. */
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Where fewer may see it than the area. The service checks too: this only spares people a refusal. */
  readonly roles?: readonly Role[];
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** A part of the product with its own tabs; without tabs it is not shown. */
export interface Area {
  readonly id: AreaId;
  readonly roles: readonly Role[];
  readonly tabs: readonly Tab[];
}

/** The tabs of an area that a role may open. */
export function tabsFor(area: Area, role: Role): readonly Tab[] {
  return area.roles.includes(role) ? area.tabs.filter((tab) => tab.roles?.includes(role) ?? true) : [];
}
