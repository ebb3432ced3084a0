import type { ScenarioInputs } from './answers';

/** How far each slider stands from today; 0 leaves today's number. */
export interface Moves {
  /** Points of percent added to the share of clients that stay a year. */
  readonly retentionPoints: number;
  readonly averageOrderValuePercent: number;
  readonly frequencyPercent: number;
  /** Points of percent added to the margin. */
  readonly marginPoints: number;
  readonly newClientsPercent: number;
  readonly cacPercent: number;
}

export const unmoved: Moves = {
  retentionPoints: 0, averageOrderValuePercent: 0, frequencyPercent: 0, marginPoints: 0, newClientsPercent: 0, cacPercent: 0,
};

export interface ScenarioFigures {
  readonly yearlyRetention: number;
  readonly lifetimeYears: number;
  readonly ltv: number;
  readonly ltvToCac: number | null;
  readonly knownClientsValue: number;
  readonly newClients: number;
  readonly newClientsValue: number;
  readonly acquisitionSpend: number | null;
  /** Value of the next 12 months. */
  readonly value: number;
  readonly valueLessSpend: number | null;
}

const SHORTEST_LIFETIME = 1 / 12;

/** The account as it stands: the same arithmetic as the service's, so that sliders need no question to it. */
export function figuresOf(inputs: ScenarioInputs): ScenarioFigures {
  const lifetime = inputs.lifetimeYears;
  const share = valueShare(inputs);
  const ltv = kopecks(inputs.averageOrderValue * share * inputs.purchasesPerYear * lifetime);
  const knownClientsValue = kopecks(inputs.knownClientsValue);
  const newClientsValue = kopecks(inputs.averageOrderValue * share * purchasesOfNewClients(inputs));
  const acquisitionSpend = inputs.cac === null ? null : kopecks(inputs.cac * inputs.newClientsPerMonth * 12);
  const value = knownClientsValue + newClientsValue;
  return {
    yearlyRetention: Math.exp(-1 / lifetime),
    lifetimeYears: lifetime,
    ltv,
    ltvToCac: inputs.cac !== null && inputs.cac > 0 ? ltv / inputs.cac : null,
    knownClientsValue,
    newClients: inputs.newClientsPerMonth * 12,
    newClientsValue,
    acquisitionSpend,
    value,
    valueLessSpend: acquisitionSpend === null ? null : value - acquisitionSpend,
  };
}

/** The account with the sliders moved: retention through the even rate of loss, the rest in proportion. */
export function moved(inputs: ScenarioInputs, moves: Moves): ScenarioInputs {
  const changed: ScenarioInputs = {
    ...inputs,
    averageOrderValue: inputs.averageOrderValue * factor(moves.averageOrderValuePercent),
    purchasesPerYear: inputs.purchasesPerYear * factor(moves.frequencyPercent),
    lifetimeYears: movedLifetime(inputs, moves.retentionPoints),
    marginPercent: inputs.marginPercent === null ? null : inputs.marginPercent + moves.marginPoints,
    newClientsPerMonth: inputs.newClientsPerMonth * factor(moves.newClientsPercent),
    cac: inputs.cac === null ? null : inputs.cac * factor(moves.cacPercent),
  };
  const today = valueShare(inputs);
  const times = factor(moves.averageOrderValuePercent) * factor(moves.frequencyPercent)
    * (today === 0 ? 1 : valueShare(changed) / today)
    * (yearsWithin(1, changed.lifetimeYears) / yearsWithin(1, inputs.lifetimeYears));
  return { ...changed, knownClientsValue: kopecks(inputs.knownClientsValue * times) };
}

function movedLifetime(inputs: ScenarioInputs, points: number): number {
  if (points === 0) return inputs.lifetimeYears;
  const retention = Math.exp(-1 / inputs.lifetimeYears) + points / 100;
  const shortest = Math.min(SHORTEST_LIFETIME, inputs.lifetimeYears);
  const longest = Math.max(inputs.maximumLifetimeYears, inputs.lifetimeYears);
  if (retention <= 0) return shortest;
  if (retention >= 1) return longest;
  return Math.min(longest, Math.max(shortest, -1 / Math.log(retention)));
}

/** Clients come evenly, those of a month in its middle; each buys once on coming, the rest of its purchases evenly while it stays. */
function purchasesOfNewClients(inputs: ScenarioInputs): number {
  const later = Math.max(0, inputs.purchasesPerYear * inputs.lifetimeYears - 1);
  let purchases = 0;
  for (let month = 0; month < 12; month += 1) {
    purchases += inputs.newClientsPerMonth * (1 + later * (1 - Math.exp(-(11.5 - month) / 12 / inputs.lifetimeYears)));
  }
  return purchases;
}

function valueShare(inputs: ScenarioInputs): number {
  return inputs.marginPercent === null ? 1 : inputs.marginPercent / 100;
}

function yearsWithin(years: number, lifetime: number): number {
  return lifetime * (1 - Math.exp(-years / lifetime));
}

function factor(percent: number): number {
  return 1 + percent / 100;
}

/** Halves away from zero. */
function kopecks(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) * 100) / 100;
}
