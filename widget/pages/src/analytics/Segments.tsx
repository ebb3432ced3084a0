import { useFormat } from '../format';
import { Empty, Notice, Page, Section, State } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { Analysed } from './Analysed';
import type { Move, RfmCell, Segment, Segments as Answer, Tier } from './answers';
import { ClientTable } from './ClientTable';
import { clientsHref } from './links';
import { groupTone, inOrder, lifecycleTone, type Segmentation, segmentName } from './segments';
import { FigureTable } from './Table';
import { analyticsWords } from './words';

/** The first calculation moves everybody from nowhere: that is no news. */
function hasBefore(answer: Answer): boolean {
  return answer.tiers.some((row) => row.valueChange !== null);
}

export default function Segments() {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { segments } = words;
  const query = useQuery<Answer>('/api/analytics/segments');
  return (
    <Page title={segments.title} sentence={segments.sentence}>
      <Analysed query={query}>
        {(answer) => (
          <>
            {answer.stamp.isOwn && <Notice tone="none">{words.own}</Notice>}
            <Section title={segments.tiers} sentence={segments.rules[answer.rule]}>
              <SegmentTable of="tier" rows={answer.tiers} tiers={answer.definitions} caption={segments.tiers} />
            </Section>
            <Section title={segments.grid} sentence={segments.gridText}>
              <Grid cells={answer.cells} />
            </Section>
            <Section title={segments.groups}>
              <SegmentTable of="rfm" rows={answer.rfm} tiers={answer.definitions} caption={segments.groups} />
            </Section>
            <Section title={segments.states} sentence={segments.statesText}>
              <SegmentTable of="lifecycle" rows={answer.lifecycle} tiers={answer.definitions} caption={segments.states} />
            </Section>
            <Section title={segments.near} sentence={segments.nearText}
              actions={answer.nearTiers > 0 && <a href={clientsHref({ near: 'any' })}>{segments.nearAll(format.count(answer.nearTiers, shell.count.clients))}</a>}>
              {answer.nearTiers === 0
                ? <Empty title={segments.nearEmptyTitle}>{segments.nearEmpty}</Empty>
                : <ClientTable filters={{ near: 'any' }} tiers={answer.definitions} order={{ by: 'missing', isDescending: false }} with="near" />}
            </Section>
            {!answer.stamp.isOwn && <Moves moves={hasBefore(answer) ? answer.moves : []} tiers={answer.definitions} />}
          </>
        )}
      </Analysed>
    </Page>
  );
}

function SegmentTable({ of, rows, tiers, caption }: { of: Segmentation; rows: readonly Segment[]; tiers: readonly Tier[]; caption: string }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const name = (row: Segment) => segmentName(words, of, row.segment, tiers);
  const shown = inOrder(of, rows, tiers);
  const hasChange = rows.some((row) => row.clientsChange !== null);
  const most = Math.max(0, ...rows.map((row) => row.valueShare));
  return (
    <>
      <FigureTable caption={caption} isCaptionHidden name={`segments-${of}`} rows={shown} rowKey={(row) => row.segment}
        columns={[
          {
            id: 'segment', title: words.segmentTitles[of], value: name,
            cell: (row) => <a href={clientsHref({ [of]: row.segment })}><SegmentMark of={of} code={row.segment} tiers={tiers}>{name(row)}</SegmentMark></a>,
          },
          { id: 'clients', title: words.clients, align: 'right', explain: words.told.clients, value: (row) => row.clients, cell: (row) => format.whole(row.clients) },
          ...(hasChange ? [{
            id: 'clientsChange', title: words.change, align: 'right' as const, explain: words.told.clientsChange, value: (row: Segment) => row.clientsChange, cell: (row: Segment) => <Delta text={format.wholeChange(row.clientsChange)} amount={row.clientsChange} />,
          }] : []),
          { id: 'value', title: words.value, align: 'right', explain: words.told.value, value: (row) => row.value, cell: (row) => <span title={format.exact(row.value)}>{format.money(row.value)}</span> },
          {
            id: 'share', title: words.valueShare, align: 'right', explain: words.told.valueShare, value: (row) => row.valueShare,
            cell: (row) => <span class="bar-cell"><span class="bar-cell__bar" style={{ width: `${most > 0 ? (row.valueShare / most) * 64 : 0}px` }} />{format.share(row.valueShare)}</span>,
          },
          ...(hasChange ? [{
            id: 'valueChange', title: words.change, align: 'right' as const, explain: words.told.valueChange, value: (row: Segment) => row.valueChange, cell: (row: Segment) => <Delta text={format.moneyChange(row.valueChange)} amount={row.valueChange} />,
          }] : []),
        ]}
        footer={{
          segment: words.total, clients: format.whole(rows.reduce((sum, row) => sum + row.clients, 0)), value: format.money(rows.reduce((sum, row) => sum + row.value, 0)),
        }} />
      {!hasChange && rows.length > 0 && of === 'tier' && <p class="muted">{words.segments.firstRun}</p>}
    </>
  );
}

/** A change in the quiet colour of its direction; none shows as a dash. */
function Delta({ text, amount }: { text: string; amount: number | null }) {
  return amount === null || amount === 0 ? <span class="muted">–</span> : <span>{text}</span>;
}

function SegmentMark({ of, code, tiers, children }: { of: Segmentation; code: string; tiers: readonly Tier[]; children: string }) {
  if (of === 'lifecycle') return <State tone={lifecycleTone(code)}>{children}</State>;
  if (of === 'rfm') return <State tone={groupTone(code)}>{children}</State>;
  const colour = tiers.find((tier) => tier.code === code)?.color;
  return <span class="state"><span class="dot" style={colour === undefined || !/^#[0-9a-f]{6}$/i.test(colour) ? {} : { background: colour }} />{children}</span>;
}

const scores = [5, 4, 3, 2, 1] as const;

function Grid({ cells }: { cells: readonly RfmCell[] }) {
  const words = useWords(analyticsWords);
  const shell = useWords();
  const format = useFormat();
  const { segments } = words;
  const most = Math.max(1, ...cells.map((cell) => cell.clients));
  const at = (recency: number, frequency: number) => cells.find((cell) => cell.recency === recency && cell.frequency === frequency);
  return (
    <div class="table__scroll" tabIndex={0} role="region" aria-label={segments.grid}>
      <table class="rfm" aria-label={segments.grid}>
        <thead>
          <tr><th scope="col" class="muted"><abbr title={`${segments.recency}, ${segments.frequency}`}>R ↓ F →</abbr></th>{scores.map((frequency) => <th key={frequency} scope="col">F {frequency}</th>)}</tr>
        </thead>
        <tbody>
          {scores.map((recency) => (
            <tr key={recency}>
              <th scope="row">R {recency}</th>
              {scores.map((frequency) => {
                const cell = at(recency, frequency);
                if (cell === undefined) return <td key={frequency} />;
                const group = segmentName(words, 'rfm', cell.group);
                return (
                  <td key={frequency} class={`rfm__cell heat-${heatOf(cell.clients, most)}`}>
                    <a href={clientsHref({ recency, frequency })}
                      title={segments.cell(group, String(recency), String(frequency), format.count(cell.clients, shell.count.clients), format.headline(cell.value))}>
                      <span class="rfm__group">{group}</span>
                      <strong>{format.whole(cell.clients)}</strong>
                      <span class="rfm__value">{format.headline(cell.value)}</span>
                      {cell.clientsChange !== null && cell.clientsChange !== 0 && <span class="rfm__change">{format.wholeChange(cell.clientsChange)}</span>}
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** 0 for nothing, 1 to 5 by the share of the largest. */
export function heatOf(amount: number, most: number): number {
  return amount <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(5, Math.ceil((amount / most) * 5)));
}

function Moves({ moves, tiers }: { moves: readonly Move[]; tiers: readonly Tier[] }) {
  const words = useWords(analyticsWords);
  const format = useFormat();
  const { segments } = words;
  const name = (move: Move, code: string) => (code === '' ? segments.outside : segmentName(words, move.segmentation, code, tiers));
  return (
    <Section title={segments.moves} sentence={segments.movesText}>
      <FigureTable caption={segments.moves} isCaptionHidden name="moves" rows={moves} rowKey={(move) => `${move.segmentation}:${move.from}:${move.to}`}
        empty={<Empty title={segments.movesEmptyTitle}>{segments.movesEmpty}</Empty>}
        columns={[
          { id: 'of', title: segments.by, value: (move) => words.segmentTitles[move.segmentation], cell: (move) => words.segmentTitles[move.segmentation] },
          { id: 'from', title: segments.from, value: (move) => name(move, move.from), cell: (move) => name(move, move.from) },
          {
            id: 'to', title: segments.to, value: (move) => name(move, move.to),
            cell: (move) => (move.to === '' ? name(move, '') : <a href={clientsHref({ [move.segmentation]: move.to })}>{name(move, move.to)}</a>),
          },
          { id: 'clients', title: words.clients, align: 'right', explain: segments.moveTold.clients, value: (move) => move.clients, cell: (move) => format.whole(move.clients) },
          { id: 'value', title: words.value, align: 'right', explain: segments.moveTold.value, value: (move) => move.value, cell: (move) => format.money(move.value) },
        ]} />
    </Section>
  );
}
