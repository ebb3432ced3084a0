import type { Area } from '../app/area';

export const settings: Area = {
  id: 'settings',
  roles: ['admin'],
  tabs: [],
};
