import { useFormat } from '../format';
import { Person } from '../parts';
import { useWords } from '../words';
import { settingsWords } from './words';

/** Who did it: a user by name, or the command line. */
export function Who({ by }: { by: string }) {
  const words = useWords(settingsWords);
  if (/^\d+$/.test(by)) return <Person of="users" id={Number(by)} />;
  return <span>{by === 'command line' ? words.versions.commandLine : by}</span>;
}

/** Who and when, one below the other. */
export function Trace({ by, at }: { by: string; at: string }) {
  const format = useFormat();
  return <span class="trace"><Who by={by} /><span class="muted">{format.moment(at)}</span></span>;
}
