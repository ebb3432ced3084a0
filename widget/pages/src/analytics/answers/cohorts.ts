import type { Stamp } from './stamp';

export interface Cohort {
  readonly start: string;
  readonly clients: number;
  readonly active: readonly number[];
  readonly amounts: readonly number[];
}

export interface Cohorts {
  readonly stamp: Stamp;
  readonly period: 'month' | 'quarter';
  readonly cohorts: readonly Cohort[];
}
