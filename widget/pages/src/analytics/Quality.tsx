import { useCallback } from 'preact/hooks';
import { replaceQuery, useRoute } from '../app/route';
import { useFormat } from '../format';
import { Button, Chart, type ChartLook, type ChartOption, Figure, Figures, nameAxis, Notice, Page, Section, tooltip, valueAxis } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Gap, Named, Quality as Document } from './answers';
import { LeadTable } from './LeadTable';
import { clientsHref } from './links';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

/** Of what is left out on purpose, only these can be listed: the others may be most of an account. */
const listed = ['otherPipeline', 'returned', 'excludedByHand'];

export default function Quality() {
  const words = useWords(analyticsWords);
  const query = useQuery<Named<Document>>('/api/analytics/quality');
  return (
    <Page title={words.quality.title} sentence={words.quality.sentence}>
      <Analysed query={query}>{({ document }) => <Found document={document} />}</Analysed>
    </Page>
  );
}

function Found({ document }: { document: Document }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { query } = useRoute();
  const { quality } = words;
  const sum = (isCounted: boolean, of: (gap: Gap) => number) => document.gaps.filter((gap) => gap.isCounted === isCounted).reduce((total, gap) => total + of(gap), 0);
  const [lost, doubtful] = [sum(false, (gap) => gap.money), sum(true, (gap) => gap.money)];
  const noAmount = document.gaps.find((gap) => gap.kind === 'noAmount');
  const drawn = document.gaps.filter((gap) => gap.leads > 0);
  const names = drawn.map((gap) => quality.kinds[gap.kind]);
  const option = useCallback((look: ChartLook): ChartOption => ({
    xAxis: valueAxis(look, (value) => format.headline(value)),
    yAxis: { ...nameAxis(look, names), inverse: true },
    tooltip: tooltip(look, 'axis', (index) => {
      const gap = drawn[index];
      return gap === undefined ? null : { title: names[index] ?? '', lines: [{ label: quality.money, value: format.money(gap.money), colour: gap.isCounted ? look.watch : look.risk }, { label: words.losses.leads, value: format.whole(gap.leads) }] };
    }),
    series: [{ type: 'bar', data: drawn.map((gap) => ({ value: gap.money, itemStyle: { color: gap.isCounted ? look.watch : look.risk, borderRadius: [0, 3, 3, 0] } })), barMaxWidth: 16 }],
  }), [document, format, words]);
  const open = (list: string | null) => replaceQuery({ list });
  const opened = query['list'];
  const kindNames: Readonly<Record<string, string>> = { ...quality.kinds, ...quality.reasons };
  return (
    <>
      <Figures>
        <Figure size="headline" label={quality.lost} basis={shell.basis.revenue} value={format.headline(lost)} exact={format.exact(lost)}
          note={document.revenue > 0 ? quality.shareLost(format.share(lost / document.revenue)) : format.count(sum(false, (gap) => gap.leads), shell.count.leads)}
          explain={{ text: quality.lostText, formula: noAmount && noAmount.leads > 0 ? quality.lostFormula(format.whole(noAmount.leads), format.money(document.averageOrderValue), format.money(noAmount.money)) : undefined }}
          {...(noAmount && noAmount.leads > 0 ? { href: '#/analytics/quality?list=noAmount' } : {})} />
        <Figure size="headline" label={quality.doubtful} basis={shell.basis.revenue} value={format.headline(doubtful)} exact={format.exact(doubtful)} explain={{ text: quality.doubtfulText }} href="#/analytics/quality?list=noCompany" />
        <Figure label={quality.counted} basis={shell.basis.revenue} value={format.headline(document.revenue)} exact={format.exact(document.revenue)} explain={{ text: quality.countedText }}
          note={`${format.count(document.purchases, shell.count.purchases)} / ${format.count(document.leads, shell.count.leads)}`} href={clientsHref({ order: '-revenue' })} />
        {document.withoutChannel && (
          <Figure label={quality.withoutChannel} value={format.whole(document.withoutChannel.clients)} note={format.headline(document.withoutChannel.value)} explain={{ text: quality.withoutChannelText }} href={clientsHref({ channel: '-' })} />
        )}
        {document.costCoverage !== null && <Figure label={words.overview.costs} value={format.share(document.costCoverage)} explain={{ text: words.overview.costsText }} href="#/analytics/quality?list=noCost" />}
      </Figures>
      {drawn.length === 0
        ? <Notice tone="good">{quality.allGood}</Notice>
        : (
          <Section title={quality.chart}>
            <Chart title={quality.chart} isTitleHidden height={40 + drawn.length * 32} option={option} onPick={({ index }) => drawn[index] && open(drawn[index].kind)}
              description={drawn.map((gap, index) => `${names[index]}: ${format.headline(gap.money)}`).join('; ')}
              table={{ columns: [quality.gap, quality.money], rows: drawn.map((gap, index) => [names[index]!, format.money(gap.money)]) }} />
          </Section>
        )}
      <FigureTable<Gap> caption={quality.gap} name="data-gaps" rows={document.gaps} rowKey={(gap) => gap.kind}
        columns={[
          { id: 'kind', title: quality.gap, value: (gap) => quality.kinds[gap.kind], cell: (gap) => <>{quality.kinds[gap.kind]} <span class="muted">· {gap.isCounted ? quality.inSums : quality.notInSums}</span></> },
          { id: 'leads', title: words.losses.leads, align: 'right', explain: quality.told.leads, value: (gap) => gap.leads, cell: (gap) => <Open count={gap.leads} name={quality.kinds[gap.kind]} onOpen={() => open(gap.kind)} /> },
          { id: 'money', title: quality.money, align: 'right', explain: quality.told.money, value: (gap) => gap.money, cell: (gap) => <>{format.money(gap.money)}{gap.isEstimated && <span class="muted"> · {quality.estimated}</span>}</> },
          { id: 'step', title: quality.step, cell: (gap) => <span class="muted">{quality.steps[gap.kind]}</span> },
        ]} />
      {opened !== undefined && (
        <div>
          <LeadTable title={`${quality.list}. ${kindNames[opened] ?? opened}`} filters={{ list: opened }} onClose={() => open(null)} />
          <p class="muted">{quality.listNow}</p>
        </div>
      )}
      {document.choices.length > 0 && (
        <Section title={quality.choices} sentence={quality.choicesText}>
          <FigureTable caption={quality.choices} isCaptionHidden name="left-out" rows={document.choices} rowKey={(row) => row.reason}
            columns={[
              { id: 'reason', title: quality.reason, value: (row) => kindNames[row.reason] ?? row.reason, cell: (row) => kindNames[row.reason] ?? row.reason },
              {
                id: 'leads', title: words.losses.leads, align: 'right', explain: quality.told.leads, value: (row) => row.leads,
                cell: (row) => (listed.includes(row.reason) ? <Open count={row.leads} name={kindNames[row.reason] ?? row.reason} onOpen={() => open(row.reason)} /> : format.whole(row.leads)),
              },
              { id: 'amount', title: quality.money, align: 'right', explain: quality.told.money, value: (row) => row.amount, cell: (row) => format.money(row.amount) },
            ]} />
        </Section>
      )}
    </>
  );
}

function Open({ count, name, onOpen }: { count: number; name: string; onOpen: () => void }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  return count === 0
    ? <>{format.whole(0)}</>
    : <Button look="plain" label={`${format.whole(count)}: ${words.openList}, ${name}`} onClick={onOpen}>{format.whole(count)}</Button>;
}
