import { analytics } from '../analytics/area';
import { operations } from '../operations/area';
import { settings } from '../settings/area';
import type { Area } from './area';

/** In the order of the navigation. */
export const areas: readonly Area[] = [analytics, settings, operations];
