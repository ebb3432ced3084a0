import { useWords } from '../../words';
import type { Difference } from '../describe';
import { settingsWords } from '../words';

/** What is other, setting by setting, in words. */
export function Differences({ rows }: { rows: readonly Difference[] }) {
  const words = useWords(settingsWords).versions;
  if (rows.length === 0) return <p class="muted">{words.noChanges}</p>;
  return (
    <table class="compare compare_text">
      <caption class="unseen">{words.changes}</caption>
      <thead>
        <tr><th scope="col">{words.setting}</th><th scope="col">{words.from}</th><th scope="col">{words.to}</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => <tr key={row.key}><th scope="row">{row.name}</th><td class="muted">{row.from}</td><td>{row.to}</td></tr>)}
      </tbody>
    </table>
  );
}
