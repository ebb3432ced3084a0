import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../parts/Empty';
import { Waiting } from '../parts/Loaded';
import { ProblemNotice } from '../parts/ProblemNotice';
import { Tabs } from '../parts/Tabs';
import type { AreaId } from '../session/messages';
import { asProblem, type ApiProblem } from '../session/problem';
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

function TabPage({ tab }: { tab: Tab }) {
  const { isFramed } = usePage();
  const [Content, setContent] = useState<ComponentType | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    let isGone = false;
    tab.load().then(
      (module) => { if (!isGone) setContent(() => module.default); },
      (error: unknown) => { if (!isGone) setProblem(asProblem(error)); });
    return () => { isGone = true; };
  }, [tab]);

  // A file of an older version may be gone after an update: only the page itself, loaded anew, knows the new ones.
  if (problem) return <ProblemNotice problem={problem} {...(isFramed ? {} : { onRetry: () => window.location.reload() })} />;
  return Content === null ? <Waiting height={400} /> : <Content />;
}
