import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../parts/Empty';
import { Waiting } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Tabs } from '../parts/Tabs';
import type { AreaId } from '../session/messages';
import { asProblem, type ApiProblem } from '../session/problem';
import { useApi } from '../session/query';
import { useWords } from '../words';
import { type Area, type Tab, tabsFor } from './area';
import { useMe, usePage } from './context';
import { Header, type OwnChoices } from './Header';
import { useLook } from './look';
import { hrefOf, useRoute } from './route';

export interface ShellProps {
  readonly areas: readonly Area[];
  readonly firstArea: AreaId | null;
  readonly own: OwnChoices | null;
}

/** Header, tabs, and the page that the address names. */
export function Shell({ areas, firstArea, own }: ShellProps) {
  const words = useWords();
  const { language } = useLook();
  const { role } = useMe();
  const route = useRoute();
  const open = areas.map((area) => ({ area, tabs: tabsFor(area, role) })).filter(({ tabs }) => tabs.length > 0);
  const current = open.find(({ area }) => area.id === route.area)
    ?? open.find(({ area }) => area.id === firstArea && route.area === '')
    ?? open[0];
  const tab = current?.tabs.find(({ id }) => id === route.tab) ?? current?.tabs[0];

  return (
    <>
      <a class="skip" href="#content" onClick={(event) => {
        event.preventDefault();
        document.getElementById('content')?.focus();
      }}>{words.skip}</a>
      <Header areas={open.map(({ area }) => area.id)} current={current?.area.id ?? null} own={own} />
      {current && tab && current.tabs.length > 1 && (
        <Tabs label={words.tabs.label} current={tab.id}
          items={current.tabs.map(({ id, title }) => ({ id, title: title[language], href: hrefOf(current.area.id, id) }))} />
      )}
      <main id="content" class="content" tabIndex={-1}>
        {current && tab
          ? <TabPage key={`${current.area.id}/${tab.id}`} tab={tab} />
          : <Empty title={words.empty.areaTitle}>{words.empty.area}</Empty>}
      </main>
    </>
  );
}

const AGAIN = 3_000;

export function TabPage({ tab }: { tab: Tab }) {
  const { isFramed } = usePage();
  const api = useApi();
  const [Content, setContent] = useState<ComponentType | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isGone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const failed = (next: ApiProblem) => {
      if (isGone) return;
      setProblem(next);
      if (next.isPassing) retry = setTimeout(() => setTurn((old) => old + 1), AGAIN);
    };
    tab.load().then(
      (module) => {
        if (isGone) return;
        setProblem(null);
        setContent(() => module.default);
      },
      // A file that does not come says nothing of the reason: whether the service answers at all tells a failure that passes from a file that is gone.
      (error: unknown) => api.get('/api/me').then(() => failed(asProblem(error)), (away: unknown) => failed(asProblem(away))));
    return () => {
      isGone = true;
      clearTimeout(retry);
    };
  }, [tab, turn, api]);

  if (problem?.isPassing) return <ProblemNotice problem={problem} onRetry={() => setTurn(turn + 1)} />;
  // A file of an older version may be gone after an update: only the page itself, loaded anew, knows the new ones.
  if (problem) return <ProblemNotice problem={problem} {...(isFramed ? {} : { onRetry: () => window.location.reload() })} />;
  return Content === null ? <Waiting height={400} /> : <Content />;
}
