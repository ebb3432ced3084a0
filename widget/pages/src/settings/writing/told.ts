import type { ApiProblem } from '../../session/problem';
import { useWords } from '../../words';
import { settingsWords } from '../words';

/** What the CRM or the service has against it, in the area's words. */
export function useTold(): (problem: ApiProblem) => { readonly cause: string; readonly step: string } | undefined {
  const words = useWords(settingsWords).writing;
  return (problem) => {
    switch (problem.code) {
      case 'crmUnavailable': return words.crmAway;
      case 'connectionLost': return words.lost;
      case 'refused': return words.refused;
      default: return undefined;
    }
  };
}
