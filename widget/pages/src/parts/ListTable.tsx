import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Query as Filters, withQuery } from '../app/route';
import { useApi, useList } from '../session/query';
import { asProblem, type ApiProblem } from '../session/problem';
import { type Column, DataTable } from './DataTable';
import { Waiting } from './Loaded';
import { type Order, orderText } from './order';
import { ProblemNotice } from './ProblemNotice';

export interface ListTableProps<Row> {
  readonly caption: string;
  /** Of the list, without `limit`, `cursor` and `order`: `/api/analytics/clients`. Answers `{items, next}`. */
  readonly path: string;
  readonly filters?: Filters;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string | number;
  /** First order, sent as `order=ltv` or `order=-ltv`; null leaves it to the service and no column sorts. */
  readonly order?: Order | null;
  readonly limit?: number;
  /** Of the whole list as CSV, asked with the same filters and order; and the file's name. */
  readonly csv?: { readonly path: string; readonly name: string };
  readonly empty?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

/** A list that the service sorts and hands out by cursor, with its export: what stands behind every figure. */
export function ListTable<Row>({ caption, path, filters = {}, columns, rowKey, order: first = null, limit = 50, csv, empty, actions }: ListTableProps<Row>) {
  const api = useApi();
  const [order, setOrder] = useState<Order | null>(first);
  const [refused, setRefused] = useState<ApiProblem | null>(null);
  const chosen: Filters = { ...filters, order: order && orderText(order) };
  const list = useList<Row>(withQuery(path, { ...chosen, limit }));
  const download = csv && (() => {
    setRefused(null);
    return api.download(withQuery(csv.path, chosen), csv.name).catch((error: unknown) => setRefused(asProblem(error)));
  });

  return (
    <>
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      {refused && <ProblemNotice problem={refused} />}
      {list.data === null
        ? !list.problem && <Waiting height={320} />
        : (
          <DataTable caption={caption} columns={columns} rows={list.data} rowKey={rowKey} order={order} onOrder={setOrder}
            more={list.more} isLoading={list.isLoading} isLoadingMore={list.isLoadingMore} onDownload={download} empty={empty} actions={actions} />
        )}
    </>
  );
}
