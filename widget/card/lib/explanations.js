// What each figure of the card means, and how it came about from this client's own numbers.
define([], function () {
  'use strict';

  const TIMES = '\u00a0× ';
  const OVER = '\u00a0: ';
  // What computers lose in a product is no rounding of ours.
  const EXACT = 1e-9;
  // A product that is told beside the number of the card needs no kopecks.
  const WHOLE_FROM = 1000;

  /** @param outlook see lib/outlook.js: the words of the future are the same in both places */
  return function createExplanations(words, outlook) {
    function say(path, values) {
      return words.say('explain.' + path, values);
    }

    function sentences() {
      return Array.prototype.slice.call(arguments).filter(Boolean).join(' ');
    }

    // What is shown on the left is what is reckoned with; a result that was rounded says so.
    function equation(left, reckoned, shown, text) {
      return left + (Math.abs(reckoned - shown) < EXACT * Math.max(1, Math.abs(shown)) ? '\u00a0= ' : '\u00a0≈ ') + text;
    }

    // With gross profit as basis the factor of a purchase is its profit.
    function of(name, card) {
      return card.basis === 'margin' ? name + '_margin' : name;
    }

    function basis(card) {
      return say('basis', { basis: words.say('basis.' + card.basis) });
    }

    function product(card, format, result) {
      const given = card.factors;
      const shown = [given.averageOrderValue, format.rounded(given.purchasesPerYear), format.rounded(given.lifetimeYears)];
      const left = [format.full(shown[0]), format.factor(shown[1]), format.factor(shown[2])].join(TIMES);
      return equation(left, shown[0] * shown[1] * shown[2], format.rounded(result), format.full(result));
    }

    function byFormula(card, format, value) {
      const given = card.factors;
      if (!given || !(given.purchasesPerYear > 0)) {
        return null;
      }
      const isFloored = card.ltv.isFloored;
      const unrounded = given.averageOrderValue * given.purchasesPerYear * given.lifetimeYears;
      return {
        text: sentences(say(of('ltv.formula', card)), say('ltv.frequency'), say(given.isLifetimeAssumed ? 'ltv.assumed' : 'ltv.lifetime'),
          isFloored && say('ltv.floored'), basis(card)),
        sum: product(card, format, isFloored ? format.rounded(unrounded, unrounded < WHOLE_FROM ? 2 : 0) : value)
      };
    }

    function ltv(card, format) {
      const value = card.ltv ? card.ltv.value : null;
      if (typeof value !== 'number') {
        return { text: sentences(say(of('ltv.formula', card)), say('ltv.none')), sum: '' };
      }
      if (card.ltv.kind === 'historical') {
        return { text: sentences(say('ltv.historical'), basis(card)), sum: bought(card, format).sum };
      }
      if (card.ltv.kind === 'total' && card.forecast && card.bought) {
        const left = format.full(card.bought.value) + ' + ' + format.full(card.forecast.value);
        return {
          text: sentences(say('ltv.total'), basis(card)),
          sum: equation(left, card.bought.value + card.forecast.value, value, format.full(value))
        };
      }
      return byFormula(card, format, value) || { text: sentences(say(of('ltv.formula', card)), basis(card)), sum: format.full(value) };
    }

    function tier(card, format) {
      const top = card.topPercent;
      const place = typeof top !== 'number' ? '' : top <= 50
        ? words.say('top_hint', { percent: format.percent(top) })
        : words.say('above_hint', { percent: format.percent(100 - top) });
      return card.tier && { text: say('tier'), sum: sentences(card.tier.name + '.', place && place + '.') };
    }

    function bought(card, format) {
      const given = card.bought;
      return {
        title: words.say(of('bought', card)),
        text: sentences(say(of('bought', card)), given.periodMonths && say('period', { n: format.whole(given.periodMonths) }), basis(card)),
        sum: format.purchases(given.purchases) + ': ' + format.full(given.value)
      };
    }

    function count(card, format) {
      const leads = card.leads;
      const total = leads ? leads.counted.total + leads.excluded.total : 0;
      return {
        text: say('count'),
        sum: total > 0 ? say('count_sum', { counted: format.whole(leads.counted.total), leads: words.count('of_leads', total, format.whole(total)) }) : ''
      };
    }

    // An average is of revenue, whatever the LTV is based on.
    function average(card, format) {
      const given = card.bought;
      const total = card.basis === 'revenue' ? given.value : given.averageOrderValue * given.purchases;
      const shown = format.full(total) + OVER + format.whole(given.purchases);
      return {
        title: words.say(of('average', card)),
        text: say('average'),
        sum: given.purchases > 0 ? equation(shown, total / given.purchases, given.averageOrderValue, format.full(given.averageOrderValue)) : ''
      };
    }

    function last(card, format) {
      const given = card.bought;
      return {
        text: say('last'),
        sum: given.firstPurchase && given.lastPurchase ? say('last_sum', { first: format.day(given.firstPurchase), last: format.day(given.lastPurchase) }) : ''
      };
    }

    function expected(card, format) {
      const box = outlook.expected(card, format);
      const forecast = card.forecast;
      return box && {
        title: words.say('expected.title'),
        text: say(forecast ? 'expected' : 'expected_missing', { time: forecast ? format.months(forecast.months) : '' }),
        sum: forecast
          ? say('expected_sum', { value: format.about(forecast.value), purchases: format.aboutPurchases(forecast.purchases), ends: box.ends })
          : box.ends
      };
    }

    function lifecycle(card, format) {
      const given = card.lifecycle;
      const silent = outlook.silentDays(card);
      const times = given && given.typicalGapDays > 0 ? format.rounded(silent / given.typicalGapDays, 1) : 0;
      return given && {
        title: words.has('lifecycle.' + given.state) ? words.say('lifecycle.' + given.state) : '',
        text: say('lifecycle'),
        sum: given.typicalGapDays > 0
          ? say('lifecycle_sum', { silent: format.days(silent), gap: format.days(given.typicalGapDays), passed: words.count('gaps_passed', times, format.factor(times)) })
          : ''
      };
    }

    function chance(card, format) {
      const state = card.forecast && outlook.lifecycle(card, format);
      return state && {
        title: state.chance.label,
        text: say('chance', { time: format.months(card.forecast.months) }),
        sum: sentences(state.chance.value + '.', state.grade)
      };
    }

    function next(card, format) {
      const day = card.forecast && card.forecast.nextPurchase;
      return day ? { text: say('next'), sum: format.day(day) } : null;
    }

    function ratio(card, format) {
      const given = card.acquisition;
      const shown = given && format.ratio(card.ltv && card.ltv.value, given.cac);
      return shown && { text: say('ratio'), sum: equation(format.full(card.ltv.value) + OVER + format.full(given.cac), card.ltv.value / given.cac, shown.value, shown.text) };
    }

    function ofCause(name) {
      return function (card, format) {
        return card.change && { title: words.say('change.' + name), text: say('change.' + name), sum: format.signedFull(card.change[name]) };
      };
    }

    function whatIf(card, format, found) {
      return found && { text: say(of('whatIf', card)), sum: format.full(found.after) };
    }

    const FIGURES = {
      ltv: { title: 'headline', explain: ltv },
      tier: { title: 'tier', explain: tier },
      bought: { explain: bought },
      count: { title: 'count', explain: count },
      average: { explain: average },
      last: { title: 'last', explain: last },
      expected: { explain: expected },
      next: { title: 'expected.next', explain: next },
      lifecycle: { explain: lifecycle },
      chance: { explain: chance },
      cac: { title: 'acquisition.cac', explain: function (card, format) { return card.acquisition && { text: say('cac'), sum: format.full(card.acquisition.cac) }; } },
      ratio: { title: 'acquisition.title', explain: ratio },
      payback: { title: 'acquisition.payback_title', explain: function (card) { return card.acquisition && { text: say('payback'), sum: '' }; } },
      byPurchases: { explain: ofCause('byPurchases') },
      bySettings: { explain: ofCause('bySettings') },
      byModel: { explain: ofCause('byModel') },
      byAgeing: { explain: ofCause('byAgeing') },
      whatIf: { title: 'what_if.result', explain: whatIf }
    };

    /**
     * @param {string} name of a figure, '' for none
     * @param found what the reader wished for, reckoned (see lib/whatif.js), or null
     * @returns {?{name: string, title: string, text: string, sum: string}} null for what the card does not show
     */
    return function explained(name, card, format, found) {
      const figure = Object.prototype.hasOwnProperty.call(FIGURES, name) ? FIGURES[name] : null;
      const told = figure && (card.bought || !/^(bought|count|average|last)$/.test(name)) ? figure.explain(card, format, found) : null;
      return told ? { name: name, title: told.title || words.say(figure.title), text: told.text, sum: told.sum } : null;
    };
  };
});
