import type { Area } from '../app/area';

export const operations: Area = {
  id: 'operations',
  roles: ['admin'],
  tabs: [],
};
