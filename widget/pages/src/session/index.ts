export type { Api, RequestSetting } from './api';
export type { Basis, Me, Role } from './me';
export type { AreaId, People, Theme } from './messages';
export { useNames } from './names';
export { ApiProblem } from './problem';
export type { Action, List, ListPage, Query } from './query';
export { useAction, useApi, useList, useQuery, useStream } from './query';
