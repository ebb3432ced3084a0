import { useLook } from '../app/look';
import { useFormat } from '../format';
import { Figure, Figures, Loaded, Notice, Page, Section } from '../parts';
import { useQuery } from '../session';
import { useWords } from '../words';
import { useEvery } from './live';
import type { Connection as State, ConnectionPart, Queue } from './model';
import './operations.css';
import { Said } from './RunProgress';
import { operationsWords } from './words';

/** Whether the CRM answers, how fresh what is known of it is, and what waits. */
export default function Connection() {
  const words = useWords(operationsWords);
  const format = useFormat();
  const connection = useQuery<State>('/api/connection');
  const queue = useQuery<Queue>('/api/operations/queue');
  useEvery(30_000, () => {
    connection.reload();
    queue.reload();
  });
  return (
    <Page title={words.connection.title} sentence={words.connection.sentence}>
      <Loaded query={connection} height={80}>
        {(state) => (
          <div class="operations-details">
            <Told part={state.state} tone={state.isWorking ? 'good' : 'risk'} />
            {state.notices.map((notice) => <Told key={notice.code} part={notice} tone={state.isWorking ? 'none' : 'watch'} />)}
          </div>
        )}
      </Loaded>
      <Section title={words.connection.fresh} sentence={words.connection.freshSentence}>
        <Loaded query={queue} height={90}>
          {(state) => (
            <Figures>
              <Figure label={words.connection.synced} value={moment(state.syncedAt)} note={words.connection.syncedNote} />
              <Figure label={words.connection.followed} value={moment(state.followedAt)} note={words.connection.followedNote} />
              <Figure label={words.connection.valued} value={moment(state.valuedAt)} />
              <Figure label={words.connection.night} value={moment(state.nextNight)} note={words.connection.nightNote} />
            </Figures>
          )}
        </Loaded>
      </Section>
      <Section title={words.connection.queue} sentence={words.connection.queueSentence}>
        <Loaded query={queue} height={90}>
          {(state) => (
            <div class="operations-details">
              <Figures>
                <Figure label={words.connection.marks} value={format.whole(state.changeMarks)} note={state.isValuingDue ? words.connection.valuingDue : undefined} />
                <Figure label={words.connection.fields} value={format.whole(state.fieldsWaiting)}
                  note={state.cardsPerMinute === null ? words.changes.paceFree : words.changes.pace(format.whole(state.cardsPerMinute))} />
                <Figure label={words.connection.tasks} value={format.whole(state.tasksWaiting)} />
                <Figure label={words.connection.requests} value={format.whole(state.requests.length)} />
              </Figures>
              {state.pausedBy !== null && <Notice tone="watch"><p>{words.runs.paused(String(state.pausedBy))}</p></Notice>}
            </div>
          )}
        </Loaded>
      </Section>
    </Page>
  );

  function moment(text: string | null): string | null {
    return text === null ? null : format.moment(text);
  }
}

function Told({ part, tone }: { part: ConnectionPart; tone: 'good' | 'watch' | 'risk' | 'none' }) {
  const { text, nextStep } = part[useLook().language];
  return (
    <Notice tone={tone}>
      <p><strong>{text}</strong> {nextStep}</p>
      {part.detail !== null && <Said text={part.detail} />}
    </Notice>
  );
}
