import { useFormat } from '../format';
import { Empty, Explain, Section } from '../parts';
import { useWords } from '../words';
import type { Offer, Products } from './answers';
import { clientsHref } from './links';
import { productId, productName } from './product-figures';
import { type FigureColumn, FigureTable } from './Table';
import { analyticsWords } from './words';

/** What similar clients buy next: only what stands out of chance, and whom to offer it. */
export function Offers({ answer }: { answer: Products }) {
  const words = useWords(analyticsWords);
  const { products } = words;
  return (
    <Section title={products.next} sentence={answer.stamp.isOwn ? products.nextOwn : products.nextText}>
      {answer.offers.length === 0 ? <Nothing answer={answer} /> : <Table answer={answer} />}
    </Section>
  );
}

function Nothing({ answer }: { answer: Products }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { products } = words;
  const { refusal, compared } = answer.document.next;
  if (refusal !== null) {
    const need = format.whole(refusal.need);
    return <Empty title={products.refusedTitle}>{refusal.have === null ? products.refusedOwn : products.refusals[refusal.reason](format.whole(refusal.have), need)}</Empty>;
  }
  return answer.stamp.isOwn
    ? <Empty title={products.noOffersTitle}>{products.noOwnOffers}</Empty>
    : <Empty title={products.noOffersTitle}>{products.noOffers(format.count(compared, products.pairs))}</Empty>;
}

function Table({ answer }: { answer: Products }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { products } = words;
  const { compared } = answer.document.next;
  return (
    <>
      <FigureTable<Offer> caption={products.offers} isCaptionHidden name="next-purchases" rows={answer.offers} rowKey={(row) => `${productId(row.after)}>${productId(row.product)}`}
        columns={useColumns(answer)} />
      {compared > 0 && <p class="muted">{products.compared(format.count(compared, products.pairs))}</p>}
    </>
  );
}

function useColumns(answer: Products): readonly FigureColumn<Offer>[] {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { products } = words;
  const name = (row: Offer, which: 'after' | 'product') => productName(answer.names, row[which]);
  const example = answer.offers.find((offer) => offer.evidence !== null)?.evidence ?? null;
  const plain: readonly FigureColumn<Offer>[] = [
    { id: 'after', title: products.after, value: (row) => name(row, 'after'), cell: (row) => name(row, 'after') },
    { id: 'offer', title: products.offer, value: (row) => name(row, 'product'), cell: (row) => <strong>{name(row, 'product')}</strong> },
    {
      id: 'candidates', title: products.candidates, align: 'right', value: (row) => row.candidates, explain: <Explain of={products.candidates}>{products.candidatesText}</Explain>,
      cell: (row) => <a href={clientsHref({ product: productId(row.after), without: productId(row.product) })}>{format.whole(row.candidates)}</a>,
    },
  ];
  return example === null ? plain : [
    ...plain,
    {
      id: 'share', title: products.share, align: 'right', value: (row) => row.evidence?.share.share ?? null,
      explain: <Explain of={products.share} formula={`${format.whole(example.followers)} / ${format.whole(example.clients)} = ${format.share(example.share.share)}`}>{products.shareText}</Explain>,
      cell: ({ after, product, evidence }) => evidence && (
        <>
          <a href={clientsHref({ product: productId(after), later: productId(product) })}>{products.followed(format.share(evidence.share.share), format.whole(evidence.followers), format.whole(evidence.clients))}</a>
          <span class="muted cell-note">{products.interval(format.share(evidence.share.low), format.share(evidence.share.high))}</span>
        </>
      ),
    },
    {
      id: 'usual', title: products.usual, align: 'right', value: (row) => row.evidence?.usual ?? null, explain: <Explain of={products.usual}>{products.usualText}</Explain>,
      cell: (row) => format.share(row.evidence?.usual),
    },
    {
      id: 'lift', title: products.lift, align: 'right', value: (row) => row.evidence?.lift ?? null,
      explain: <Explain of={products.lift} formula={`${format.share(example.share.share)} / ${format.share(example.usual)} = ${format.number(example.lift, 1)}`}>{products.liftText}</Explain>,
      cell: (row) => (row.evidence === null ? '–' : products.times(format.number(row.evidence.lift, 1))),
    },
  ];
}
