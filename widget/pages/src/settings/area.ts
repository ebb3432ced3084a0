import type { Area } from '../app/area';

export const settings: Area = {
  id: 'settings',
  roles: ['admin'],
  tabs: [
    { id: 'purchases', title: { ru: 'Покупки', en: 'Purchases' }, load: () => import('./forms/Purchases') },
    { id: 'value', title: { ru: 'Ценность и прогноз', en: 'Value and forecast' }, load: () => import('./forms/Value') },
    { id: 'segments', title: { ru: 'Сегменты', en: 'Segments' }, load: () => import('./forms/Segments') },
    { id: 'channels', title: { ru: 'Каналы и расходы', en: 'Channels and spend' }, load: () => import('./forms/Channels') },
    { id: 'write-back', title: { ru: 'Запись в CRM', en: 'Writing to the CRM' }, load: () => import('./writing/WriteBack') },
    { id: 'tasks', title: { ru: 'Задачи и уведомления', en: 'Tasks and notices' }, load: () => import('./telling/Telling') },
    { id: 'exclusions', title: { ru: 'Исключения', en: 'Exclusions' }, load: () => import('./lists/Exclusions') },
    { id: 'remarks', title: { ru: 'Замечания', en: 'Remarks' }, load: () => import('./lists/Remarks') },
    { id: 'access', title: { ru: 'Доступ', en: 'Access' }, load: () => import('./lists/Access') },
    { id: 'versions', title: { ru: 'Версии', en: 'Versions' }, load: () => import('./versions/Versions') },
    { id: 'setup', title: { ru: 'Настройка по шагам', en: 'Step by step' }, load: () => import('./wizard/Wizard') },
  ],
};
