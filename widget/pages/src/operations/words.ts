import type { Dictionary } from '../words';
import { en } from './words/en';
import { ru } from './words/ru';

export type OperationsWords = typeof ru;
export const operationsWords: Dictionary<OperationsWords> = { ru, en };
