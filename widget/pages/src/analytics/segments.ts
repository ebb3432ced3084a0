import type { Tone } from '../parts';
import type { Segment, Tier } from './answers';
import type { AnalyticsWords } from './words';

export type Segmentation = 'tier' | 'rfm' | 'lifecycle';

const lifecycles = ['new', 'active', 'slipping', 'dormant', 'lost', 'unknown'];
const groups = ['champions', 'loyal', 'potentialLoyalists', 'new', 'promising', 'needAttention', 'aboutToSleep', 'atRisk', 'cantLose', 'hibernating', 'lost', 'unknown'];

/** What people call a segment; a code nobody knows shows as it is. */
export function segmentName(words: AnalyticsWords, of: Segmentation, code: string, tiers: readonly Tier[] = []): string {
  if (of === 'tier') return code === 'unknown' ? words.unknownTier : tiers.find((tier) => tier.code === code)?.name ?? code;
  const names: Readonly<Record<string, string>> = of === 'rfm' ? words.rfm : words.lifecycle;
  return names[code] ?? code;
}

/** The state of a single client: «Потерян», where many are «Потеряны». */
export function stateOfOne(words: AnalyticsWords, code: string | null): string {
  const names: Readonly<Record<string, string>> = words.lifecycleOfOne;
  return names[code ?? 'unknown'] ?? code ?? names['unknown']!;
}

/** Colour of a life-cycle state: its meaning is the card's. */
export function lifecycleTone(code: string | null): Tone {
  switch (code) {
    case 'new': case 'active': return 'good';
    case 'slipping': case 'dormant': return 'watch';
    case 'lost': return 'risk';
    default: return 'none';
  }
}

/** Colour of an RFM group. */
export function groupTone(code: string): Tone {
  switch (code) {
    case 'champions': case 'loyal': case 'potentialLoyalists': case 'new': case 'promising': return 'good';
    case 'needAttention': case 'aboutToSleep': return 'watch';
    case 'atRisk': case 'cantLose': case 'hibernating': case 'lost': return 'risk';
    default: return 'none';
  }
}

/** In the order in which people read them: from the best to the worst. */
export function inOrder(of: Segmentation, rows: readonly Segment[], tiers: readonly Tier[] = []): readonly Segment[] {
  const order = of === 'tier' ? tiers.map((tier) => tier.code) : of === 'rfm' ? groups : lifecycles;
  const place = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);
  return [...rows].sort((a, b) => place(a.segment) - place(b.segment));
}
