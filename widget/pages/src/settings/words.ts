import type { Dictionary } from '../words';
import { en } from './words/en';
import { ru } from './words/ru';

export type SettingsWords = typeof ru;
export const settingsWords: Dictionary<SettingsWords> = { ru, en };
