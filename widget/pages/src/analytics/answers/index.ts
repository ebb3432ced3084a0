/** What `/api/analytics` answers; money in the account's currency, days as `YYYY-MM-DD`. */
export type * from './channels';
export type * from './cohorts';
export type * from './drivers';
export type * from './forecast';
export type * from './lists';
export type * from './losses';
export type * from './managers';
export type * from './overview';
export type * from './products';
export type * from './quality';
export type * from './retention';
export type * from './segments';
export type * from './stamp';
