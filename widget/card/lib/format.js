// Numbers, money, shares and dates as Russian and English readers write them.
define([], function () {
  'use strict';

  const NO_BREAK = '\u00a0';
  const MINUS = '\u2212';
  const STEPS = [
    { from: 1e12, name: 'trillion' },
    { from: 1e9, name: 'billion' },
    { from: 1e6, name: 'million' },
    { from: 1e3, name: 'thousand' }
  ];
  // Below this a whole sum is as short as «84,3 тыс.» and says more.
  const SHORTENED_FROM = 1e5;

  return function createFormat(words, currency) {
    const symbol = (currency && (currency.symbol || currency.code)) || '';

    function tie(text) {
      return text.replace(/[\s\u202f]/g, NO_BREAK);
    }

    function number(value, minDigits, maxDigits) {
      const text = new Intl.NumberFormat(words.locale, {
        minimumFractionDigits: minDigits,
        maximumFractionDigits: maxDigits
      }).format(Math.abs(value));
      return tie(text);
    }

    function round(value, digits) {
      return Number(Math.abs(value).toFixed(digits));
    }

    function withSymbol(amount, value) {
      // "RUB 1.2M" needs the space that "$1.2M" must not have.
      const mark = words.locale === 'en' && /[\p{L}.]$/u.test(symbol) ? symbol + NO_BREAK : symbol;
      const text = tie(words.say('amount.money', { n: amount, symbol: mark })).trim();
      return (value < 0 ? MINUS : '') + text;
    }

    function plain(value) {
      const withFraction = Math.abs(value) < 1000 && !Number.isInteger(value);
      return withSymbol(number(value, withFraction ? 2 : 0, withFraction ? 2 : 0), value);
    }

    function shortened(value) {
      const size = Math.abs(value);
      let index = STEPS.findIndex(function (step) { return size >= step.from; });
      if (index > 0 && round(size / STEPS[index].from, 1) >= 1000) {
        index -= 1; // 999 950 is «1 млн», not «1000 тыс.».
      }
      const step = STEPS[index];
      const amount = words.say('amount.' + step.name, { n: number(size / step.from, 0, 1) });
      return withSymbol(amount, value);
    }

    // Two digits of it: an estimate carries no more.
    function rough(value) {
      const unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
      return Math.round(value / unit) * unit;
    }

    function unit(value) {
      const found = STEPS.find(function (step) { return Math.abs(value) >= step.from && Math.abs(value) >= SHORTENED_FROM; });
      return found ? found.name : '';
    }

    function headline(value) {
      return Math.abs(value) >= SHORTENED_FROM ? shortened(value) : plain(value);
    }

    function rounded(value, digits) {
      return Number(value.toFixed(digits === undefined ? 2 : digits));
    }

    function full(value) {
      const hasFraction = !Number.isInteger(rounded(value));
      return withSymbol(number(value, hasFraction ? 2 : 0, hasFraction ? 2 : 0), value);
    }

    function rate(value) {
      const digits = value >= 10 ? 0 : value >= 1 ? 1 : 2;
      return number(value, 0, digits);
    }

    function months(value) {
      return tie(words.count('months', value, number(value, 0, 0)));
    }

    function years(value) {
      const digits = value < 1 ? 2 : 1;
      return tie(words.count('years', round(value, digits), number(value, 0, digits)));
    }

    function date(text, options) {
      const moment = new Date(text);
      if (Number.isNaN(moment.getTime())) {
        return '';
      }
      const written = new Intl.DateTimeFormat(words.locale === 'en' ? 'en-GB' : words.locale, options).format(moment);
      return tie(written.replace(/\sг\.?(?=,|\s|$)/, ''));
    }

    return {
      /** The headline: 1,2 млн ₽, 842,8 тыс. ₽, 23 450 ₽. */
      headline: headline,

      /** An estimate: 310 тыс. ₽ for 312 400. */
      about: function (value) {
        return headline(rough(value));
      },

      /** Both ends of an estimate, the unit named once where it is the same: {from: '120', to: '540 тыс. ₽'}. */
      ends: function (low, high) {
        const from = rough(low);
        const to = rough(high);
        const step = STEPS.find(function (one) { return one.name === unit(to); });
        const isShared = step && unit(from) === step.name && words.locale !== 'en';
        return { from: isShared ? number(from / step.from, 0, 1) : headline(from), to: headline(to) };
      },

      /** A difference: +42 000 ₽, −1,2 млн ₽. */
      signed: function (value) {
        return (value > 0 ? '+' : '') + headline(value);
      },

      /** Never shortened, kopecks only where there are some: 1 238 916 ₽, 35 000,50 ₽. What is reckoned with has to be there whole. */
      full: full,

      /** The same of a difference: +42 000 ₽. */
      signedFull: function (value) {
        return (value > 0 ? '+' : '') + full(value);
      },

      /** A number as it is shown in a product: 2,08. */
      factor: function (value) {
        return number(value, 0, 2);
      },

      rounded: rounded,

      /** How many times a cost goes into a value, as it is shown: {value: 6.1, text: '6,1'}; null where it cannot be told. */
      ratio: function (value, cost) {
        if (typeof value !== 'number' || !(cost > 0)) {
          return null;
        }
        const times = value / cost;
        return { value: rounded(times, Math.abs(times) >= 10 ? 0 : Math.abs(times) >= 1 ? 1 : 2), text: (times < 0 ? MINUS : '') + rate(Math.abs(times)) };
      },

      /** A probability from 0 to 1, in whole percent: 64 %, never a certainty. */
      probability: function (value) {
        const percent = Math.round(value * 100);
        const shown = percent < 1 ? '<\u00a01' : percent > 99 ? '>\u00a099' : number(percent, 0, 0);
        return tie(words.say('amount.percent', { n: shown }));
      },

      months: months,

      /** A stretch of days in the unit that suits it: 20 дней, 5 мес., 2,5 года. */
      stretch: function (days) {
        if (days < 45) {
          return tie(words.count('days', Math.round(days), number(Math.round(days), 0, 0)));
        }
        return days < 720 ? months(Math.round(days / 30.44)) : years(days / 365.25);
      },

      /** A figure below the headline: whole up to a hundred million, then shortened. */
      money: function (value) {
        return Math.abs(value) >= 1e8 ? shortened(value) : plain(value);
      },

      /** The exact value, to the kopeck. */
      exact: function (value) {
        return withSymbol(number(value, 2, 2), value);
      },

      whole: function (value) {
        return number(value, 0, 0);
      },

      /** Purchases a year: 12, 2,1, 0,35. */
      rate: rate,

      /** An expected number of purchases: 2,4 покупки. */
      aboutPurchases: function (value) {
        const shown = rounded(value, 1);
        return tie(words.count('purchases', shown, number(shown, 0, 1)));
      },

      /** 102 дня. */
      days: function (value) {
        return tie(words.count('days', Math.round(value), number(Math.round(value), 0, 0)));
      },

      /** 4,9 года, 5 лет: the form follows the number as it is shown. */
      years: years,

      /** 1 сделка, 2 сделки, 5 сделок. */
      leads: function (value) {
        return tie(words.count('leads', value, number(value, 0, 0)));
      },

      purchases: function (value) {
        return tie(words.count('purchases', value, number(value, 0, 0)));
      },

      /** A share given in percent: 6 %, 0,4 %. Never rounded down to nothing. */
      percent: function (value) {
        const shown = Math.max(value, 0.1);
        return tie(words.say('amount.percent', { n: number(shown, 0, shown < 1 ? 1 : 0) }));
      },

      /** A calendar day, YYYY-MM-DD: 11 авг. 2026. */
      day: function (text) {
        return date(text, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
      },

      /** The month of a day, YYYY-MM-DD: нояб. 2026. */
      month: function (text) {
        return date(text, { month: 'short', year: 'numeric', timeZone: 'UTC' });
      },

      /** A moment in the reader's own time zone: 21 нояб. 2026, 03:12. */
      moment: function (text) {
        return date(text, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
      }
    };
  };
});
