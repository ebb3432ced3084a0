import type { Dictionary } from '../words';
import { en } from './words.en';
import { ru } from './words.ru';

export type AnalyticsWords = typeof ru;
export const analyticsWords: Dictionary<AnalyticsWords> = { ru, en };
