// What the card says of the future: the expected value with its range, and where the relationship stands.
define([], function () {
  'use strict';

  const DAY_MS = 24 * 3600 * 1000;
  const DAYS_OF_MONTH = 30.44;
  const TONES = { new: 'new', active: 'good', slipping: 'watch', dormant: 'watch', lost: 'risk' };
  // Room to the right of the highest value, so that the bar does not end with the box.
  const BAR_ROOM = 1.08;

  return function createOutlook(words, now) {
    function ends(forecast, format) {
      if (forecast.high <= 0) {
        return words.say('expected.none');
      }
      const both = format.ends(forecast.low, forecast.high);
      const tenths = Math.round(forecast.probability * 10);
      const name = forecast.low <= 0 ? 'upTo' : forecast.orNone ? 'orNone' : 'between';
      return words.say('expected.' + name, { low: both.from, high: both.to, n: String(tenths) });
    }

    function next(forecast, card, format) {
      if (forecast.nextPurchase) {
        return { label: words.say('expected.next'), text: '≈\u00a0' + format.month(forecast.nextPurchase), hint: format.day(forecast.nextPurchase) };
      }
      return card.lifecycle && card.lifecycle.state === 'lost' ? { label: '', text: words.say('expected.no_next'), hint: '' } : null;
    }

    function bar(forecast) {
      const most = Math.max(forecast.high, forecast.value) * BAR_ROOM;
      return forecast.high > 0
        ? { from: forecast.low / most, to: forecast.high / most, at: forecast.value / most, isOrNone: forecast.orNone && forecast.low > 0 }
        : null;
    }

    function silentDays(card) {
      const last = card.bought && card.bought.lastPurchase;
      return last ? Math.max(0, Math.floor((now() - Date.parse(last)) / DAY_MS)) : 0;
    }

    function refused(reason) {
      const known = words.has('no_forecast.' + reason.reason) ? reason.reason : 'notYet';
      const need = known === 'tooShortHistory' ? Math.round(reason.need / DAYS_OF_MONTH) : reason.need;
      const have = known === 'tooShortHistory' ? Math.floor(reason.have / DAYS_OF_MONTH) : reason.have;
      return {
        isMissing: true,
        label: words.say('expected.title'),
        text: words.say('no_forecast.title'),
        ends: words.say('no_forecast.' + known, { need: String(need), have: String(have) })
      };
    }

    function graded(customers, bought) {
      return words.say('grade', {
        of: words.count('of_clients', customers, String(customers)),
        bought: words.count('bought_again', bought, String(bought))
      });
    }

    return {
      /** The box of the forecast, or the sentence that stands in its place. */
      expected: function (card, format) {
        const forecast = card.forecast;
        if (!forecast) {
          return card.noForecast ? refused(card.noForecast) : null;
        }
        return {
          isMissing: false,
          label: words.say('expected.for', { time: format.months(forecast.months) }),
          text: forecast.value > 0 ? '≈\u00a0' + format.about(forecast.value) : format.about(forecast.value),
          hint: format.exact(forecast.value),
          bar: bar(forecast),
          ends: ends(forecast, format),
          next: next(forecast, card, format)
        };
      },

      silentDays: silentDays,

      /** The line of the life-cycle with the chance of another purchase. */
      lifecycle: function (card, format) {
        const given = card.lifecycle;
        const forecast = card.forecast;
        if (!given && !forecast) {
          return null;
        }
        const said = [];
        const silent = silentDays(card);
        if (given && given.typicalGapDays) {
          const rhythm = given.gapSource === 'own' ? 'rhythm.own' : 'rhythm.' + (given.gapSource === 'account' ? 'account' : 'assumed');
          said.push(words.say(rhythm, { gap: format.stretch(given.typicalGapDays), silent: format.stretch(silent) }));
        }
        const grade = forecast && forecast.grade;
        return {
          tone: (given && TONES[given.state]) || 'new',
          state: given ? given.state : 'new',
          title: given && words.has('lifecycle.' + given.state) ? words.say('lifecycle.' + given.state) : '',
          text: said.join(' '),
          chance: forecast
            ? { label: words.say('chance', { time: format.months(forecast.months) }), value: format.probability(forecast.repeatProbability) }
            : null,
          grade: grade
            ? grade.customers >= 100
              ? graded(100, Math.round(100 * grade.bought / grade.customers))
              : graded(grade.customers, grade.bought)
            : ''
        };
      }
    };
  };
});
