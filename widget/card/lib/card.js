// The area of cards: asks for the open one, paints it, and keeps it fresh while it is looked at.
define([], function () {
  'use strict';

  const EVENTS = '.ltvw';
  const MOUNT_EVERY_MS = 50;
  const MOUNT_FOR_MS = 3000;
  // Known numbers stand until the server was out of reach twice in a row: one lost packet is no news.
  const FAILURES_TO_TELL = 2;
  const ESCAPE = 27;
  // After these what was known is nobody's, or not for this reader: a lead whose client was taken off shows no former one's numbers.
  const REFUSALS = ['noAccess', 'token', 'unknownAccount', 'noCustomer'];

  /** @param given the widget, its place on the platform, and the modules that the card is made of */
  return function createCardArea(given) {
    const $ = given.$;
    const place = given.place;
    // Raised whenever the card changes: what was asked for an earlier card is never painted.
    let generation = 0;
    let current = null;
    let mounting = null;

    const refresh = given.createRefresh({ ask: ask, isLookedAt: isLookedAt, now: given.now });

    // The platform may draw the block twice, or later than it calls us: the newest block is ours.
    function block(key) {
      const found = Array.from(document.querySelectorAll('[data-ltvw-card="' + key + '"]'));
      const newest = found.pop() || null;
      found.forEach(function (older) { older.remove(); });
      return newest;
    }

    function isLookedAt() {
      return current !== null && current.request === null && document.visibilityState !== 'hidden' && block(current.key) !== null;
    }

    function show(story, mine, since) {
      if (mine !== generation || !current) {
        return;
      }
      clearTimeout(mounting);
      const root = block(current.key);
      if (root) {
        const words = given.words();
        const choices = given.choices();
        given.paint(root, story, {
          title: words.say('title'),
          address: given.backend.support,
          words: words.say('support'),
          analytics: given.backend.analytics,
          isAdmin: place.isAdmin(),
          unfolded: choices.unfolded(),
          height: choices.height()
        });
        if (story.mode === 'valued') {
          choices.keepHeight(root.offsetHeight);
        }
      } else if (given.now() - since < MOUNT_FOR_MS) {
        mounting = setTimeout(function () { show(story, mine, since); }, MOUNT_EVERY_MS);
      }
    }

    function story() {
      return given.createStory(given.words(), given.tools, given.now);
    }

    function known() {
      return current.card || given.memory().recall(current.place);
    }

    // What is known, told again: after an answer, and after whatever the reader chose.
    function tell() {
      show(story().tell(current.outcome, known(), current.reader), generation, given.now());
    }

    function leave() {
      generation += 1;
      clearTimeout(mounting);
      refresh.stop();
      if (current && current.request) {
        current.request.abort();
      }
      current = null;
    }

    function remember(outcome) {
      if (outcome.kind === 'card') {
        current.card = outcome.card;
        given.memory().keep(current.place, outcome.card);
      } else if (REFUSALS.indexOf(outcome.kind) >= 0) {
        current.card = null;
        given.memory().forget(current.place);
      }
    }

    function hear(outcome) {
      const isGood = outcome.kind === 'card' || outcome.kind === 'empty';
      current.request = null;
      current.failures = isGood ? 0 : current.failures + 1;
      if (outcome.kind !== 'empty') {
        // Pages of leads that were asked for belong to the numbers of then.
        current.reader.more = { counted: [], excluded: [] };
        current.reader.failed = null;
        remember(outcome);
      }
      refresh.heard(isGood);
      if (isGood || current.card === null || current.isAskedFor || current.failures >= FAILURES_TO_TELL) {
        current.outcome = outcome.kind === 'empty' ? { kind: 'card', card: current.card } : outcome;
        tell();
      }
      current.isAskedFor = false;
    }

    // What was asked for a card is heard only while that card is open.
    function listen(promise, act) {
      const mine = generation;
      promise.then(function (outcome) {
        if (mine === generation) {
          act(outcome);
        }
      });
    }

    function ask() {
      current.request = given.api.card(current.place, current.card && current.card.version);
      listen(current.request.promise, hear);
    }

    function load(card) {
      leave();
      current = {
        key: card.key, place: card, request: null, card: null, outcome: null, failures: 0, isAskedFor: false,
        reader: { entity: card.entity, more: { counted: [], excluded: [] }, busy: '', failed: null, whatIf: {}, remark: '', explained: '' }
      };
      show(story().loading(card.entity), generation, given.now());
      ask();
    }

    function loadOpenCard() {
      const card = place.card();
      if (card) {
        load(card);
      } else {
        leave();
      }
    }

    // Numbers that are shown stay while the reader asks again.
    function retry() {
      if (!current || current.card === null) {
        loadOpenCard();
      } else if (current.request === null) {
        current.isAskedFor = true;
        ask();
      }
    }

    function unfold(event) {
      const summary = event.currentTarget;
      given.choices().choose(summary.getAttribute('data-ltvw-unfold'), !summary.parentNode.open);
    }

    function explain(name) {
      if (current && current.outcome && current.reader.explained !== name) {
        current.reader.explained = name;
        tell();
      }
    }

    function turnExplanation(event) {
      const name = event.currentTarget.getAttribute('data-ltvw-explain');
      explain(current && current.reader.explained === name ? '' : name);
    }

    // Whoever looks elsewhere, by mouse or by keyboard, has read it.
    function lookElsewhere(event) {
      const inside = current && '[data-ltvw-explain="' + current.reader.explained + '"], .ltvw__explained';
      if (current && !(event.target.closest && event.target.closest(inside))) {
        explain('');
      }
    }

    function escape(event) {
      if (event.key === 'Escape' || event.which === ESCAPE) {
        explain('');
      }
    }

    function wish(event) {
      if (current && current.outcome) {
        current.reader.whatIf[event.currentTarget.getAttribute('data-ltvw-what-if')] = event.currentTarget.checked;
        tell();
      }
    }

    function more(event) {
      const group = event.currentTarget.getAttribute('data-ltvw-more');
      const card = current && known();
      if (!card || !card.leads || current.reader.busy) {
        return;
      }
      const shown = card.leads[group].items.length + current.reader.more[group].length;
      current.reader.busy = group;
      current.reader.failed = null;
      tell();
      listen(given.api.leads(current.place, group === 'counted', shown).promise, function (outcome) {
        current.reader.busy = '';
        const now = known();
        if (outcome.kind !== 'leads') {
          current.reader.failed = { group: group, kind: outcome.kind };
        } else if (now && now.version === card.version) {
          current.reader.more[group] = current.reader.more[group].concat(outcome.page.items);
        }
        tell();
      });
    }

    function send() {
      const root = current && block(current.key);
      const field = root && root.querySelector('[data-ltvw-remark]');
      const text = field ? field.value.trim() : '';
      if (!field || current.reader.remark === 'sending') {
        return;
      }
      current.reader.remark = text ? 'sending' : 'empty';
      tell();
      if (text) {
        listen(given.api.remark(current.place, text).promise, function (outcome) {
          current.reader.remark = outcome.kind === 'empty' ? 'sent' : outcome.kind;
          tell();
        });
      }
    }

    return {
      render: function () {
        const card = place.card();
        if (!card) {
          return false;
        }
        given.attachStyle();
        given.widget.render_template({
          caption: { class_name: 'ltvw-caption' },
          body: '<div class="ltvw" data-ltvw-card="' + card.key + '"></div>',
          render: ''
        });
        return true;
      },

      init: loadOpenCard,

      bindActions: function () {
        $(document)
          .off(EVENTS)
          .on('click' + EVENTS, '[data-ltvw-retry]', retry)
          .on('click' + EVENTS, '[data-ltvw-explain]', turnExplanation)
          .on('click' + EVENTS + ' focusin' + EVENTS, lookElsewhere)
          .on('keydown' + EVENTS, escape)
          .on('click' + EVENTS, '[data-ltvw-unfold]', unfold)
          .on('click' + EVENTS, '[data-ltvw-more]', more)
          .on('click' + EVENTS, '[data-ltvw-send]', send)
          .on('change' + EVENTS, '[data-ltvw-what-if]', wish)
          .on('visibilitychange' + EVENTS, refresh.looked);
      },

      destroy: function () {
        $(document).off(EVENTS);
        leave();
      }
    };
  };
});
