import type { Dictionary } from '../words';
import { channels } from './words/channels';
import { cohorts } from './words/cohorts';
import { common } from './words/common';
import { drivers } from './words/drivers';
import { forecast } from './words/forecast';
import { lists } from './words/lists';
import { losses } from './words/losses';
import { managers } from './words/managers';
import { overview } from './words/overview';
import { products } from './words/products';
import { quality } from './words/quality';
import { retention } from './words/retention';
import { segments } from './words/segments';

const ru = {
  ...common.ru,
  ...lists.ru,
  overview: overview.ru,
  segments: segments.ru,
  cohorts: cohorts.ru,
  retention: retention.ru,
  forecast: forecast.ru,
  managers: managers.ru,
  channels: channels.ru,
  losses: losses.ru,
  products: products.ru,
  drivers: drivers.ru,
  quality: quality.ru,
};

export type AnalyticsWords = typeof ru;

const en: AnalyticsWords = {
  ...common.en,
  ...lists.en,
  overview: overview.en,
  segments: segments.en,
  cohorts: cohorts.en,
  retention: retention.en,
  forecast: forecast.en,
  managers: managers.en,
  channels: channels.en,
  losses: losses.en,
  products: products.en,
  drivers: drivers.en,
  quality: quality.en,
};

/** What the tabs say, a file of both languages for each. */
export const analyticsWords: Dictionary<AnalyticsWords> = { ru, en };
