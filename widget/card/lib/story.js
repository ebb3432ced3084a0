// Turns an answer of the server into what the card says: plain strings, ready to be drawn.
define([], function () {
  'use strict';

  const STALE_MS = 3 * 24 * 3600 * 1000;
  const SURE_TO_RETRY = ['unreachable', 'crmUnavailable', 'busy', 'failed', 'connectionLost', 'token'];
  // Whatever keeps the number from being shown is told with its cause and with whom to ask.
  const NEEDS_SUPPORT = ['unreachable', 'crmUnavailable', 'busy', 'failed', 'connectionLost', 'noAccess', 'unknownAccount', 'token'];
  // Cause of a failure under which numbers seen before in this session may still stand.
  const MAY_REMEMBER = ['unreachable', 'crmUnavailable', 'busy', 'failed', 'connectionLost'];

  /** @param {{createExplanations, createFormat, createOutlook, createParts, placeTimeline, reckonWhatIf}} given what it is told with */
  return function createStory(words, given, now) {
    const createFormat = given.createFormat;
    const outlook = given.createOutlook(words, now);
    const explained = given.createExplanations(words, outlook);
    const parts = given.createParts(words, given.placeTimeline, given.reckonWhatIf);

    // The headline's basis is that of all its factors; an average of leads is revenue, whatever the basis.
    function of(name, card) {
      return card.basis === 'margin' ? name + '_margin' : name;
    }

    function basis(card) {
      return [
        words.say('basis.' + card.basis),
        card.vat && words.has('basis.vat_' + card.vat) ? words.say('basis.vat_' + card.vat) : ''
      ].filter(Boolean).join('\u00a0');
    }

    function tier(card, format) {
      if (!card.tier) {
        return null;
      }
      const hints = [words.say('tier_hint', { tier: card.tier.name })];
      const parts = [card.tier.name];
      const top = card.topPercent;
      if (typeof top === 'number' && top <= 50) {
        parts.push(words.say('top', { percent: format.percent(top) }));
        hints.push(words.say('top_hint', { percent: format.percent(top) }));
      } else if (typeof top === 'number' && 100 - top >= 1) {
        parts.push(words.say('above', { percent: format.percent(100 - top) }));
        hints.push(words.say('above_hint', { percent: format.percent(100 - top) }));
      }
      return { text: parts.join(' · '), hint: hints.join('. '), color: card.tier.color };
    }

    function formula(card, format) {
      const given = card.factors;
      if (!given || !(given.purchasesPerYear > 0)) {
        return '';
      }
      return [
        format.money(given.averageOrderValue),
        words.say('frequency', { n: format.rate(given.purchasesPerYear) }).replace(/ /g, '\u00a0'),
        (given.isLifetimeAssumed ? '≈\u00a0' : '') + format.years(given.lifetimeYears)
      ].join(' ×\u00a0');
    }

    // The line under the headline says what the headline is made of.
    function factors(card, format) {
      if (card.ltv && card.ltv.isFloored) {
        return { text: words.say('floored'), hint: '' };
      }
      if (card.ltv && card.ltv.kind === 'historical') {
        return { text: words.say('historical'), hint: '' };
      }
      if (card.ltv && card.ltv.kind === 'total') {
        return { text: words.say('total'), hint: '' };
      }
      const text = formula(card, format);
      return text ? { text: text, hint: words.say(of('factors_hint', card)) } : null;
    }

    function notes(card, format) {
      const found = [];
      const ltv = card.ltv || {};
      const text = formula(card, format);
      if (ltv.isFloored && text) {
        found.push(words.say('note.floored', { factors: text }));
      }
      if (ltv.note && words.has('note.' + ltv.note)) {
        found.push(words.say('note.' + ltv.note));
      }
      if (card.factors && card.factors.isLifetimeAssumed && ltv.kind === 'formula') {
        found.push(words.say('note.assumed'));
      }
      if (card.forecast && card.bought && card.bought.purchases === 1) {
        found.push(words.say('note.one_purchase'));
      }
      return found;
    }

    function figures(card, format) {
      const bought = card.bought;
      if (!bought) {
        return [];
      }
      const first = bought.firstPurchase ? words.say('first_hint', { date: format.day(bought.firstPurchase) }) : '';
      const rows = [{
        name: 'bought',
        label: words.say(of('bought', card) + (bought.periodMonths ? '_period' : ''), { n: format.whole(bought.periodMonths || 0) }),
        text: format.money(bought.value),
        hint: format.exact(bought.value)
      }, {
        name: 'count', label: words.say('count'), text: format.purchases(bought.purchases), hint: first
      }];
      if (typeof bought.averageOrderValue === 'number') {
        rows.push({
          name: 'average', label: words.say(of('average', card)),
          text: format.money(bought.averageOrderValue), hint: format.exact(bought.averageOrderValue)
        });
      }
      if (bought.lastPurchase) {
        rows.push({ name: 'last', label: words.say('last'), text: format.day(bought.lastPurchase), hint: first });
      }
      return rows;
    }

    function warning(card, format) {
      const fresh = card.freshness;
      if (!fresh) {
        return null;
      }
      if (fresh.connection !== 'ok') {
        return { tone: 'risk', title: words.say('state.connectionLost.title'), text: words.say('connection.lost_step'), needsSupport: true };
      }
      const age = now() - new Date(fresh.calculatedAt).getTime();
      return age > STALE_MS
        ? { tone: 'watch', title: '', text: words.say('stale', { date: format.moment(fresh.calculatedAt) }) }
        : null;
    }

    function headline(card, format) {
      const value = card.ltv ? card.ltv.value : null;
      return typeof value === 'number'
        ? { text: format.headline(value), exact: format.exact(value), value: String(value) }
        : { text: '—', exact: '', value: '' };
    }

    // A lead has no number of its own: the card says whose it shows.
    function owner(card, reader) {
      const entity = card.customer && card.customer.entity;
      return reader.entity === 'leads' && words.has('owner.' + entity) ? words.say('owner.' + entity) : '';
    }

    function valued(card, reader) {
      const format = createFormat(words, card.currency);
      return {
        mode: 'valued',
        spoken: words.say('headline') + ' ' + headline(card, format).text,
        owner: owner(card, reader),
        label: words.say('headline'),
        basis: basis(card),
        tier: tier(card, format),
        headline: headline(card, format),
        factors: factors(card, format),
        notes: notes(card, format),
        figures: figures(card, format),
        expected: outlook.expected(card, format),
        lifecycle: outlook.lifecycle(card, format),
        warning: warning(card, format),
        parts: parts.all(card, format, reader),
        analytics: card.mayOpenAnalytics === true ? words.say('analytics') : '',
        explained: explained(reader.explained, card, format, reader.explained === 'whatIf' ? given.reckonWhatIf(card, reader.whatIf) : null)
      };
    }

    function message(kind, card, reader) {
      const isQuiet = kind === 'new' || kind === 'pending' || kind === 'noCustomer';
      return {
        mode: 'message',
        kind: kind,
        spoken: words.say('state.' + kind + '.title'),
        owner: card ? owner(card, reader) : '',
        tone: isQuiet ? 'quiet' : kind === 'noAccess' ? 'locked' : 'risk',
        title: words.say('state.' + kind + '.title'),
        text: words.say('state.' + kind + '.text'),
        retry: SURE_TO_RETRY.indexOf(kind) >= 0 ? words.say('retry') : '',
        needsSupport: NEEDS_SUPPORT.indexOf(kind) >= 0,
        warning: card && kind === 'new' ? warning(card, createFormat(words, card.currency)) : null,
        parts: card && kind === 'new' ? parts.few(card, createFormat(words, card.currency), reader) : []
      };
    }

    function remembered(kind, card, reader) {
      const story = valued(card, reader);
      const asOf = card.freshness && card.freshness.asOf;
      story.warning = {
        tone: 'watch',
        title: words.say('state.' + kind + '.title'),
        text: asOf ? words.say('remembered_of', { date: createFormat(words, card.currency).day(asOf) }) : words.say('remembered'),
        retry: words.say('retry'),
        needsSupport: true
      };
      story.parts = parts.known(card, createFormat(words, card.currency), reader);
      story.analytics = '';
      return story;
    }

    return {
      /** @param {string} entity kind of the open card: one of a lead will name the client whose numbers it shows */
      loading: function (entity) {
        return { mode: 'loading', label: words.say('headline'), hasOwner: entity === 'leads', spoken: words.say('loading') };
      },

      /**
       * @param outcome {kind, card?} of the request
       * @param last the remembered card or null
       * @param {{entity, more, busy, failed, whatIf, remark, explained}} reader what the reader opened, chose and wrote
       */
      tell: function (outcome, last, reader) {
        if (outcome.kind === 'card') {
          return outcome.card.state === 'valued' ? valued(outcome.card, reader) : message(outcome.card.state, outcome.card, reader);
        }
        const mayRemember = MAY_REMEMBER.indexOf(outcome.kind) >= 0;
        return mayRemember && last && last.state === 'valued'
          ? remembered(outcome.kind, last, reader)
          : message(outcome.kind, null, reader);
      }
    };
  };
});
