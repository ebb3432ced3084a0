// The parts of the card that unfold: each a title, a word beside it, and what lies inside.
define([], function () {
  'use strict';

  const BRIDGE = ['byPurchases', 'bySettings', 'byModel', 'byAgeing'];
  // Smaller amounts are told to the kopeck.
  const WHOLE_FROM = 1000;
  // A difference of more digits has no room beside its title.
  const SHORTENED_FROM = 1e6;

  return function createParts(words, placeTimeline, reckonWhatIf) {
    function history(card, format) {
      const line = placeTimeline(card);
      if (!line) {
        return null;
      }
      const past = words.say('history.past', { from: format.month(line.from), bought: format.money(card.bought.value) });
      const ahead = card.forecast
        ? words.say('history.ahead', { to: format.month(line.to), value: format.about(card.forecast.value) })
        : '';
      return {
        kind: 'line', name: 'history', title: words.say('history.title'), aside: '', line: line,
        spoken: [past, ahead].filter(Boolean).join(' '), from: format.month(line.from), to: format.month(line.to),
        legend: words.say(card.forecast ? 'history.legend' : 'history.legend_fact', { n: card.forecast ? String(Math.round(card.forecast.probability * 10)) : '' })
      };
    }

    function acquisition(card, format) {
      const given = card.acquisition;
      if (!given) {
        return null;
      }
      const ratio = format.ratio(card.ltv && card.ltv.value, given.cac);
      const payback = typeof given.paybackMonths === 'number'
        ? given.paybackMonths === 0 ? words.say('acquisition.at_once') : format.months(given.paybackMonths)
        : words.say('acquisition.not_yet');
      return {
        kind: 'lines', name: 'acquisition', title: words.say('acquisition.title'), aside: ratio ? ratio.text : '',
        lines: [
          { label: words.say('acquisition.cac'), value: format.full(given.cac), explains: 'cac' },
          ratio && { label: words.say('acquisition.title'), value: ratio.text, explains: 'ratio' },
          { label: words.say('acquisition.payback_title'), value: payback, explains: 'payback' }
        ].filter(Boolean),
        notes: []
      };
    }

    function leadLine(lead, format) {
      const isCounted = lead.reason === null || lead.reason === undefined;
      const reason = isCounted ? '' : words.has('reason.' + lead.reason) ? words.say('reason.' + lead.reason) : String(lead.reason);
      const amount = typeof lead.amount === 'number' ? lead.amount * (lead.kind === 'creditNote' ? -1 : 1) : null;
      return {
        id: Number(lead.id),
        text: lead.day ? format.day(lead.day) : words.say('why.lead', { id: String(lead.id) }),
        amount: amount === null ? '—' : format.money(amount),
        reason: lead.kind === 'creditNote' ? words.say('why.credit_note') : reason,
        comment: lead.comment ? String(lead.comment) : '',
        open: words.say('why.open', { id: String(lead.id) })
      };
    }

    // A page that did not come is told with its cause, and its button asks again.
    function group(name, page, more, reader, format) {
      const failed = reader.failed && reader.failed.group === name ? words.say('state.' + reader.failed.kind + '.title') : '';
      const items = page.items.concat(more);
      return {
        name: name,
        title: words.say('why.' + name, { leads: format.leads(page.total) }),
        items: items.map(function (lead) { return leadLine(lead, format); }),
        rest: page.total <= items.length ? '' : failed ? words.say('retry') : words.say('why.more', { n: format.whole(page.total - items.length) }),
        said: failed ? words.say('why.failed', { cause: failed }) : '',
        isBusy: reader.busy === name
      };
    }

    function why(card, format, reader) {
      const leads = card.leads;
      if (!leads || leads.counted.total + leads.excluded.total === 0) {
        return null;
      }
      const total = leads.counted.total + leads.excluded.total;
      return {
        kind: 'leads', name: 'why', title: words.say(card.state === 'new' ? 'why.title_new' : 'why.title'),
        aside: words.say('why.of', { counted: format.whole(leads.counted.total), leads: words.count('of_leads', total, format.whole(total)) }),
        groups: [
          group('counted', leads.counted, reader.more.counted, reader, format),
          group('excluded', leads.excluded, reader.more.excluded, reader, format)
        ].filter(function (one) { return one.items.length > 0; })
      };
    }

    // Rounded from one end to the other, so that what is shown adds up to the last digit.
    function spans(given, now, format) {
      const digits = Math.max(Math.abs(given.before), Math.abs(now)) < WHOLE_FROM ? 2 : 0;
      const before = format.rounded(given.before, digits);
      let exact = given.before;
      let shown = before;
      const parts = BRIDGE.map(function (cause) {
        exact += given[cause];
        const reached = format.rounded(exact, digits);
        const part = { cause: cause, value: format.rounded(reached - shown, digits) };
        shown = reached;
        return part;
      });
      return { before: before, parts: parts.filter(function (part) { return part.value !== 0; }), now: shown };
    }

    function difference(value, format) {
      return Math.abs(value) < SHORTENED_FROM ? format.signedFull(value) : format.signed(value);
    }

    function change(card, format) {
      const given = card.change;
      if (!given || typeof given.before !== 'number' || !card.ltv || typeof card.ltv.value !== 'number') {
        return null;
      }
      const bridge = spans(given, card.ltv.value, format);
      const lines = bridge.parts.map(function (part) {
        return { label: words.say('change.' + part.cause), value: format.signedFull(part.value), tone: part.value > 0 ? 'good' : 'risk', explains: part.cause };
      });
      return {
        kind: 'lines', name: 'change', title: words.say('change.title'),
        aside: lines.length ? difference(bridge.now - bridge.before, format) : words.say('change.none'),
        lines: [{ label: words.say('change.before'), value: format.full(bridge.before) }].concat(lines, [
          { label: words.say('change.now'), value: format.full(bridge.now), isSum: true }
        ]),
        notes: given.at ? [words.say('change.at', { date: format.moment(given.at) })] : []
      };
    }

    function whatIf(card, format, reader) {
      const found = reckonWhatIf(card, reader.whatIf);
      if (!found) {
        return null;
      }
      const difference = found.after - found.before;
      return {
        kind: 'whatIf', name: 'whatIf', title: words.say('what_if.title'), aside: difference > 0 ? format.signed(difference) : '',
        choices: found.names.map(function (name) { return { name: name, label: words.say('what_if.' + name), isChosen: reader.whatIf[name] === true }; }),
        label: words.say('what_if.result'), value: format.headline(found.after), hint: format.exact(found.after),
        note: words.say(difference > 0 ? 'what_if.more' : 'what_if.same', { value: format.headline(difference) })
      };
    }

    function fresh(card, format) {
      const given = card.freshness;
      if (!given) {
        return null;
      }
      const isOk = given.connection === 'ok';
      const gaps = (card.gaps || []).filter(function (gap) { return words.has('gap.' + gap.kind); }).map(function (gap) {
        return words.say('gap.' + gap.kind, { leads: format.leads(gap.leads) });
      });
      const notes = [
        given.calculatedAt ? words.say('calculated_hint', { date: format.moment(given.calculatedAt) }) : '',
        words.say(isOk ? 'connection.ok_text' : 'connection.lost_step')
      ];
      return {
        kind: 'lines', name: 'fresh', light: !isOk ? 'risk' : gaps.length ? 'watch' : 'good',
        title: given.asOf ? words.say('as_of', { date: format.day(given.asOf) }) : words.say('not_calculated'),
        aside: words.say(isOk ? gaps.length ? 'connection.gaps' : 'connection.ok' : 'connection.lost'),
        lines: [], notes: notes.concat(gaps.length ? gaps : [words.say('gap.none')]).filter(Boolean)
      };
    }

    function written(remark, format) {
      if (!remark) {
        return '';
      }
      if (!remark.resolvedAt) {
        return words.say('remark.waits', { date: format.moment(remark.writtenAt) });
      }
      return remark.answer
        ? words.say('remark.answered', { date: format.moment(remark.resolvedAt), answer: String(remark.answer) })
        : words.say('remark.resolved', { date: format.moment(remark.resolvedAt) });
    }

    function remark(card, format, reader) {
      const state = reader.remark;
      return {
        kind: 'remark', name: 'remark', title: words.say('remark.title'), aside: '',
        earlier: written(card.remark, format), label: words.say('remark.label'), send: words.say('remark.send'),
        isSending: state === 'sending', isSent: state === 'sent',
        said: state ? words.say(words.has('remark.said.' + state) ? 'remark.said.' + state : 'remark.said.failed') : ''
      };
    }

    return {
      /** Of a valued client. */
      all: function (card, format, reader) {
        return [history(card, format), acquisition(card, format), why(card, format, reader), change(card, format), whatIf(card, format, reader),
          fresh(card, format), remark(card, format, reader)].filter(Boolean);
      },

      /** Of a client that has no number yet. */
      few: function (card, format, reader) {
        return [why(card, format, reader), fresh(card, format), remark(card, format, reader)].filter(Boolean);
      },

      /** Of numbers that are remembered: what was true of the server then is not known now. */
      known: function (card, format, reader) {
        return [history(card, format), acquisition(card, format), why(card, format, reader), change(card, format), whatIf(card, format, reader)].filter(Boolean);
      }
    };
  };
});
