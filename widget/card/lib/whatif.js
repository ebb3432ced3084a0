// What the LTV by the formula would be if one thing or another went better; counted here, at once.
define([], function () {
  'use strict';

  const CHANGES = {
    often: function (given) { given.rate += 1; },
    larger: function (given) { given.average *= 1.1; },
    longer: function (given) { given.years += 0.5; }
  };

  /** The formula never says less than what was already bought. */
  function worth(given, floor) {
    return Math.max(given.average * given.rate * given.years, floor);
  }

  /**
   * @param card as the server sends it
   * @param {Object<string, boolean>} chosen names of CHANGES that are wished for
   * @returns {?{before: number, after: number, names: Array<string>}} null where the formula has no factors
   */
  return function reckonWhatIf(card, chosen) {
    const factors = card.factors;
    if (!factors || !(factors.averageOrderValue > 0) || !(factors.purchasesPerYear > 0)) {
      return null;
    }
    const given = { average: factors.averageOrderValue, rate: factors.purchasesPerYear, years: factors.lifetimeYears };
    const floor = card.bought ? card.bought.value : 0;
    const before = worth(given, floor);
    const names = Object.keys(CHANGES);
    names.filter(function (name) { return chosen[name]; }).forEach(function (name) { CHANGES[name](given); });
    return { before: before, after: worth(given, floor), names: names };
  };
});
