import { Loaded, Page } from '../../parts';
import { useQuery } from '../../session';
import { useWords } from '../../words';
import { settingsWords } from '../words';
import { type NoticeDocument, NoticesPart } from './NoticesPart';
import { type TaskSettings, TasksPart } from './TasksPart';
import '../settings.css';

export default function Telling() {
  const words = useWords(settingsWords).telling;
  const tasks = useQuery<TaskSettings>('/api/settings/tasks');
  const notices = useQuery<NoticeDocument>('/api/settings/notices');
  return (
    <Page title={words.title} sentence={words.sentence}>
      <Loaded query={tasks}>{(saved) => <TasksPart key={JSON.stringify(saved)} saved={saved} onSaved={tasks.reload} />}</Loaded>
      <Loaded query={notices}>{(saved) => <NoticesPart key={JSON.stringify(saved)} saved={saved} onSaved={notices.reload} />}</Loaded>
    </Page>
  );
}
