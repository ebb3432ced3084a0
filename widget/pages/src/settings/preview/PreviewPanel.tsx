import { useFormat } from '../../format';
import { Notice, ProblemNotice, Waiting } from '../../parts';
import { useWords } from '../../words';
import { settingsWords } from '../words';
import { accountLines, type PreviewLine, reasonName, stateName } from './lines';
import type { PreviewAnswer, PreviewTotals } from './model';
import { PreviewClients } from './PreviewClients';
import type { Preview } from './use-preview';

/** What shows the effect of the settings, by the part of them that is edited. */
export type Focus = 'numbers' | 'segments';

/** Old and new side by side: the account, then five of its clients. */
export function PreviewPanel({ preview, isChanged, focus = 'numbers', isWide = false, sentence }: {
  preview: Preview; isChanged: boolean; focus?: Focus; isWide?: boolean; sentence?: string;
}) {
  const words = useWords(settingsWords).preview;
  const { answer, isCounting, isInvalid, problem } = preview;
  return (
    <aside class={isWide ? 'preview preview_wide' : 'preview'} aria-label={words.title} aria-busy={isCounting}>
      <header>
        <h2>{words.title}</h2>
        <p class="muted">{sentence ?? (isChanged ? words.sentence : words.same)}</p>
      </header>
      <span class="unseen" role="status">{isCounting ? words.counting : ''}</span>
      {problem && <ProblemNotice problem={problem} />}
      {isInvalid && <Notice tone="watch">{words.invalid}</Notice>}
      {answer === null ? !problem && <Waiting height={360} /> : (
        <div class={isCounting || isInvalid ? 'preview__body loaded__old' : 'preview__body'}>
          <Remarks answer={answer} />
          <Comparison lines={accountLines(answer.old, answer.new, useTold())} isChanged={isChanged} />
          {focus === 'segments' && <Groups old={answer.old} next={answer.new} isChanged={isChanged} />}
          <PreviewClients clients={answer.clients} isChanged={isChanged} />
          <Reasons old={answer.old} next={answer.new} isChanged={isChanged} />
        </div>
      )}
    </aside>
  );
}

export function useTold() {
  return { words: useWords(settingsWords), shell: useWords(), format: useFormat() };
}

function Remarks({ answer }: { answer: PreviewAnswer }) {
  const words = useWords(settingsWords).preview;
  const format = useFormat();
  return (
    <>
      {!answer.isWhole && <Notice tone="none">{words.sample(format.whole(answer.leads), format.whole(answer.totalLeads))}</Notice>}
      {answer.unread.length > 0 && <Notice tone="watch">{words.unread}</Notice>}
      {!answer.isForecastKept && answer.new.expected !== null && <Notice tone="none">{words.forecast}</Notice>}
    </>
  );
}

/** Lines of numbers; where nothing is changed only what is now. */
export function Comparison({ lines, isChanged, caption }: { lines: readonly PreviewLine[]; isChanged: boolean; caption?: string }) {
  const words = useWords(settingsWords).preview;
  return (
    <table class="compare">
      <caption class={caption === undefined ? 'unseen' : 'compare__caption'}>{caption ?? words.title}</caption>
      <thead class={isChanged ? undefined : 'unseen'}>
        <tr>
          <th scope="col"><span class="unseen">{words.figures.basis}</span></th>
          <th scope="col" class="right">{words.old}</th>
          {isChanged && <th scope="col" class="right">{words.isNew}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id} class={isChanged && line.isChanged ? 'compare__changed' : undefined}>
            <th scope="row">{line.label}</th>
            <td class="right">{line.old}</td>
            {isChanged && <td class="right">{line.isChanged ? <strong>{line.new}</strong> : line.new}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reasons({ old, next, isChanged }: { old: PreviewTotals; next: PreviewTotals; isChanged: boolean }) {
  const told = useTold();
  const { words, format } = told;
  const names = [...new Set([...Object.keys(old.excluded), ...Object.keys(next.excluded)])];
  const lines = names.map((reason) => {
    const [was, is] = [format.whole(old.excluded[reason] ?? 0), format.whole(next.excluded[reason] ?? 0)];
    return { id: reason, label: reasonName(reason, words), old: was, new: is, isChanged: was !== is };
  });
  return lines.length === 0 ? null : <Comparison lines={lines} isChanged={isChanged} caption={words.preview.excludedWhy} />;
}

function Groups({ old, next, isChanged }: { old: PreviewTotals; next: PreviewTotals; isChanged: boolean }) {
  const { words, format, shell } = useTold();
  const tiers = [...new Set([...old.tiers, ...next.tiers].map((tier) => tier.code))].map((code) => {
    const [was, is] = [old.tiers.find((tier) => tier.code === code), next.tiers.find((tier) => tier.code === code)];
    const say = (tier: typeof was) => (tier === undefined ? shell.none : `${format.whole(tier.clients)} · ${format.headline(tier.value)}`);
    return { id: code, label: is?.name ?? was?.name ?? code, old: say(was), new: say(is), isChanged: say(was) !== say(is) };
  });
  const states = Object.keys(words.preview.states).map((state) => {
    const [was, is] = [format.whole(old.lifecycle[state] ?? 0), format.whole(next.lifecycle[state] ?? 0)];
    return { id: state, label: stateName(state, words) ?? state, old: was, new: is, isChanged: was !== is };
  });
  return (
    <>
      <Comparison lines={tiers} isChanged={isChanged} caption={words.preview.tiers} />
      <Comparison lines={states} isChanged={isChanged} caption={words.preview.lifecycle} />
    </>
  );
}
