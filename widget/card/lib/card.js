// The area of cards: asks for the open one, paints it, and keeps it fresh while it is looked at.
define([], function () {
  'use strict';

  const EVENTS = '.ltvw';
  const MOUNT_EVERY_MS = 50;
  const MOUNT_FOR_MS = 3000;
  // Known numbers stand until the server was out of reach twice in a row: one lost packet is no news.
  const FAILURES_TO_TELL = 2;
  const REFUSALS = ['noAccess', 'token', 'unknownAccount'];

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
        given.paint(root, story, { address: given.backend.support, words: words.say('support'), title: words.say('title') }, given.patch);
      } else if (given.now() - since < MOUNT_FOR_MS) {
        mounting = setTimeout(function () { show(story, mine, since); }, MOUNT_EVERY_MS);
      }
    }

    function story() {
      return given.createStory(given.words(), given.createFormat, given.now);
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

    function hear(outcome, mine) {
      const isGood = outcome.kind === 'card' || outcome.kind === 'same';
      const heard = outcome.kind === 'same' ? { kind: 'card', card: current.card } : outcome;
      current.request = null;
      current.failures = isGood ? 0 : current.failures + 1;
      if (outcome.kind !== 'same') {
        remember(outcome);
      }
      refresh.heard(isGood);
      if (isGood || current.card === null || current.isAskedFor || current.failures >= FAILURES_TO_TELL) {
        show(story().tell(heard, current.card || given.memory().recall(current.place)), mine, given.now());
      }
      current.isAskedFor = false;
    }

    function ask() {
      const mine = generation;
      current.request = given.requestCard(given.widget, given.backend.address, current.place, current.card && current.card.version);
      current.request.promise.then(function (outcome) {
        if (mine === generation) {
          hear(outcome, mine);
        }
      });
    }

    function load(card) {
      leave();
      current = { key: card.key, place: card, request: null, card: null, failures: 0, isAskedFor: false };
      show(story().loading(), generation, given.now());
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
          .on('visibilitychange' + EVENTS, refresh.looked);
      },

      destroy: function () {
        $(document).off(EVENTS);
        leave();
      }
    };
  };
});
