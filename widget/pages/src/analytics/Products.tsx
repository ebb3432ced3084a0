import { useCallback } from 'preact/hooks';
import { useFormat } from '../format';
import { Chart, type ChartLook, type ChartOption, Empty, Explain, Figure, Figures, nameAxis, Notice, Page, Section, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Product, Products as Answer } from './answers';
import { clientsHref } from './links';
import { Legend } from './Managers';
import { Offers } from './Offers';
import { productId, productName } from './product-figures';
import { type FigureColumn, FigureTable } from './Table';
import { analyticsWords } from './words';

const MOST_DRAWN = 12;

export default function Products() {
  const words = useWords(analyticsWords);
  const { products } = words;
  const query = useQuery<Answer>('/api/analytics/products');
  return (
    <Page title={products.title} sentence={products.sentence}>
      <Analysed query={query}>
        {(answer) => {
          const { state } = answer.document;
          if (state !== 'found') return <Empty title={products.none[state].title}>{products.none[state].text}</Empty>;
          if (answer.document.products.length === 0) return <Empty title={products.ownEmptyTitle}>{products.ownEmpty}</Empty>;
          return <Found answer={answer} />;
        }}
      </Analysed>
    </Page>
  );
}

function Found({ answer }: { answer: Answer }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { products } = words;
  const { document } = answer;
  const rows = document.products;
  const { cover } = document;
  const name = (row: Product) => productName(answer.names, row.product);
  return (
    <>
      {answer.stamp.isOwn && <Notice tone="none">{words.own}</Notice>}
      <Figures>
        <Figure label={products.buyers} value={format.whole(document.buyers)} note={products.buyersOf(format.count(document.clients, words.genitive.clients))}
          explain={{ text: products.buyersText }} href={clientsHref({ product: 'any' })} />
        {cover && (
          <>
            <Figure label={products.linked} value={cover.purchases > 0 ? format.share(cover.linked / cover.purchases) : null}
              note={products.linkedOf(format.whole(cover.linked), format.whole(cover.purchases))}
              explain={{ text: products.linkedText, formula: cover.purchases > 0 ? `${format.whole(cover.linked)} / ${format.whole(cover.purchases)} = ${format.share(cover.linked / cover.purchases)}` : undefined }} />
            <Figure label={products.known} basis={shell.basis.revenue} value={format.headline(cover.linkedRevenue)} exact={format.exact(cover.linkedRevenue)}
              note={products.knownOf(format.headline(cover.revenue))} explain={{ text: products.knownText }} />
          </>
        )}
      </Figures>
      {cover && cover.purchases > 0 && cover.linked / cover.purchases < 0.5 && <Notice tone="watch">{products.fewLinked}</Notice>}
      <Section title={products.chart} sentence={<Legend items={[[products.exactly, 1], [products.shared, 2]]} note={shell.basis.revenue} />}>
        <Picture rows={rows.slice(0, MOST_DRAWN)} name={name} />
      </Section>
      <Section title={products.table} sentence={products.tableText}>
        <FigureTable<Product> caption={products.title} isCaptionHidden name="products" rows={rows} rowKey={(row) => productId(row.product)}
          order={{ by: 'revenue', isDescending: true }} columns={useColumns(answer, name)} />
        {document.more > 0 && <p class="muted">{products.more(format.count(document.more, products.inProducts), format.money(document.moreRevenue))}</p>}
      </Section>
      <Offers answer={answer} />
    </>
  );
}

function Picture({ rows, name }: { rows: readonly Product[]; name: (row: Product) => string }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { products } = words;
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: valueAxis(look, (value) => format.headline(value)),
    yAxis: { ...nameAxis(look, rows.map(name)), inverse: true },
    tooltip: tooltip(look, 'axis', (index) => {
      const row = rows[index];
      return row === undefined ? null : {
        title: name(row),
        lines: [
          { label: products.exactly, value: format.money(row.revenue - row.sharedRevenue), colour: look.series[0]! },
          { label: products.shared, value: format.money(row.sharedRevenue), colour: look.series[1]! },
          { label: words.clients, value: format.whole(row.clients) },
        ],
      };
    }),
    series: [
      { type: 'bar', name: products.exactly, stack: 'revenue', data: rows.map((row) => row.revenue - row.sharedRevenue), color: look.series[0]!, barMaxWidth: 14 },
      { type: 'bar', name: products.shared, stack: 'revenue', data: rows.map((row) => row.sharedRevenue), color: look.series[1]!, barMaxWidth: 14, itemStyle: { borderRadius: [0, 3, 3, 0] } },
    ],
  }), [rows, format, words]);
  return (
    <Chart title={products.chart} isTitleHidden height={48 + rows.length * 28} option={option} description={rows.map((row) => `${name(row)}: ${format.headline(row.revenue)}`).join('; ')}
      table={{ columns: [products.product, products.exactly, products.shared], rows: rows.map((row) => [name(row), format.money(row.revenue - row.sharedRevenue), format.money(row.sharedRevenue)]) }} />
  );
}

function useColumns(answer: Answer, name: (row: Product) => string): readonly FigureColumn<Product>[] {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { products } = words;
  const first = answer.document.products[0]!;
  const link = (row: Product, text: string, filters: Record<string, string> = {}) => <a href={clientsHref({ product: productId(row.product), ...filters })}>{text}</a>;
  return [
    {
      id: 'product', title: products.product, value: name,
      cell: (row) => <>{name(row)}{answer.names[productId(row.product)]?.isGone === true && <span class="muted cell-note">{products.gone}</span>}</>,
    },
    { id: 'purchases', title: products.purchases, align: 'right', value: (row) => row.purchases, cell: (row) => format.whole(row.purchases), explain: <Explain of={products.purchases}>{products.purchasesText}</Explain> },
    { id: 'clients', title: words.clients, align: 'right', explain: products.told.clients, value: (row) => row.clients, cell: (row) => link(row, format.whole(row.clients)) },
    { id: 'units', title: products.units, align: 'right', explain: products.told.units, value: (row) => row.units, cell: (row) => format.number(row.units, Number.isInteger(row.units) ? 0 : 2) },
    {
      id: 'revenue', title: products.revenue, align: 'right', value: (row) => row.revenue,
      explain: <Explain of={products.revenue} formula={products.revenueFormula(format.money(first.revenue - first.sharedRevenue), format.money(first.sharedRevenue), format.money(first.revenue))}>{products.revenueText}</Explain>,
      cell: (row) => <span title={format.exact(row.revenue)}>{format.money(row.revenue)}</span>,
    },
    { id: 'shared', title: products.ofItShared, align: 'right', explain: products.told.shared, value: (row) => row.sharedRevenue, cell: (row) => <span class="muted">{format.money(row.sharedRevenue)}</span> },
    {
      id: 'repeat', title: products.repeat, align: 'right', value: (row) => row.repeatShare,
      explain: <Explain of={products.repeat} formula={`${format.whole(first.repeated)} / ${format.whole(first.clients)} = ${format.share(first.repeatShare)}`}>{products.repeatText}</Explain>,
      cell: (row) => (row.repeated > 0 ? link(row, format.share(row.repeatShare), { repeated: 'true' }) : format.share(row.repeatShare)),
    },
    {
      id: 'ltv', title: products.ltv, align: 'right', value: (row) => row.buyers.mean,
      explain: <Explain of={products.ltv}>{products.ltvText} {shell.basis[answer.stamp.basis]}.</Explain>,
      cell: (row) => <>{link(row, format.money(row.buyers.mean), { order: '-value' })}{row.buyers.interval && <span class="muted cell-note">{format.headline(row.buyers.interval.low)} – {format.headline(row.buyers.interval.high)}</span>}</>,
    },
    {
      id: 'others', title: products.others, align: 'right', value: (row) => row.othersMean, explain: <Explain of={products.others}>{products.othersText}</Explain>,
      cell: (row) => (row.othersMean === null ? '–' : <a href={clientsHref({ without: productId(row.product) })}>{format.money(row.othersMean)}</a>),
    },
  ];
}
