import type { Area } from '../app/area';

export const operations: Area = {
  id: 'operations',
  roles: ['admin'],
  tabs: [
    { id: 'runs', title: { ru: 'Запуски', en: 'Runs' }, load: () => import('./Runs') },
    { id: 'changes', title: { ru: 'Изменения', en: 'Changes' }, load: () => import('./Changes') },
    { id: 'conflicts', title: { ru: 'Конфликты', en: 'Conflicts' }, load: () => import('./Conflicts') },
    { id: 'connection', title: { ru: 'Подключение', en: 'Connection' }, load: () => import('./Connection') },
    { id: 'exchanges', title: { ru: 'Журнал обмена', en: 'Exchange log' }, load: () => import('./Exchanges') },
    { id: 'tasks', title: { ru: 'Задачи', en: 'Tasks' }, load: () => import('./Tasks') },
  ],
};
