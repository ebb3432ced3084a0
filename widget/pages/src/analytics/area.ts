import type { Area, Tab } from '../app/area';
import { analyticsWords } from './words';

const { ru, en } = analyticsWords;

/** What needs the whole account: users who are no analysts see their own clients alone. */
const whole = ['admin', 'analyst'] as const;

const tabs: readonly Tab[] = [
  { id: 'overview', title: { ru: ru.overview.tab, en: en.overview.tab }, load: () => import('./Overview') },
  { id: 'clients', title: { ru: ru.list.tab, en: en.list.tab }, load: () => import('./Clients') },
  { id: 'segments', title: { ru: ru.segments.tab, en: en.segments.tab }, load: () => import('./Segments') },
  { id: 'cohorts', title: { ru: ru.cohorts.tab, en: en.cohorts.tab }, roles: whole, load: () => import('./Cohorts') },
  { id: 'retention', title: { ru: ru.retention.tab, en: en.retention.tab }, roles: whole, load: () => import('./Retention') },
  { id: 'forecast', title: { ru: ru.forecast.tab, en: en.forecast.tab }, roles: whole, load: () => import('./Forecast') },
  { id: 'managers', title: { ru: ru.managers.tab, en: en.managers.tab }, roles: whole, load: () => import('./Managers') },
  { id: 'channels', title: { ru: ru.channels.tab, en: en.channels.tab }, roles: whole, load: () => import('./Channels') },
  { id: 'losses', title: { ru: ru.losses.tab, en: en.losses.tab }, roles: whole, load: () => import('./Losses') },
  { id: 'products', title: { ru: ru.products.tab, en: en.products.tab }, load: () => import('./Products') },
  { id: 'drivers', title: { ru: ru.drivers.tab, en: en.drivers.tab }, roles: whole, load: () => import('./Drivers') },
  { id: 'quality', title: { ru: ru.quality.tab, en: en.quality.tab }, roles: whole, load: () => import('./Quality') },
];

export const analytics: Area = { id: 'analytics', roles: ['admin', 'analyst', 'member'], tabs };
