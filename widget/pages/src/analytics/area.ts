import type { Area } from '../app/area';

export const analytics: Area = {
  id: 'analytics',
  roles: ['admin', 'analyst', 'member'],
  tabs: [],
};
