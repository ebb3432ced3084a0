// Entry of the widget: hands the platform's callbacks to the modules of lib/.
define([
  'jquery',
  './lib/api.js',
  './lib/backend.js',
  './lib/consent.js',
  './lib/format.js',
  './lib/memory.js',
  './lib/place.js',
  './lib/story.js',
  './lib/view.js',
  './lib/words.js'
], function ($, requestCard, backend, showConsent, createFormat, createMemory, createPlace, createStory, paint, createWords) {
  'use strict';

  const EVENTS = '.ltvw';
  const MOUNT_EVERY_MS = 50;
  const MOUNT_FOR_MS = 3000;

  function now() {
    return Date.now();
  }

  function session() {
    try {
      return window.sessionStorage;
    } catch (forbidden) {
      return null;
    }
  }

  return function CustomerLtvWidget() {
    const self = this;
    const place = createPlace(self);
    // Raised whenever the card changes: what was asked for an earlier card is never painted.
    let generation = 0;
    let current = null;
    let mounting = null;

    function words() {
      return createWords(function (key) { return self.i18n(key); });
    }

    function memory() {
      return createMemory(session(), place.reader(), now);
    }

    function attachStyle() {
      const folder = place.files();
      if (folder && !document.querySelector('link[data-ltvw-style]')) {
        const link = document.createElement('link');
        link.rel = 'stylesheet';
        link.setAttribute('data-ltvw-style', '');
        link.href = folder + '/style.css?v=' + encodeURIComponent(place.version());
        document.head.append(link);
      }
    }

    // The platform may draw the block twice, or later than it calls us: the newest block is ours.
    function block(key) {
      const found = Array.from(document.querySelectorAll('[data-ltvw-card="' + key + '"]'));
      const newest = found.pop() || null;
      found.forEach(function (older) { older.remove(); });
      return newest;
    }

    function show(story, mine, since) {
      if (mine !== generation || !current) {
        return;
      }
      clearTimeout(mounting);
      const root = block(current.key);
      if (root) {
        const said = words();
        paint(root, story, { address: backend.support, words: said.say('support'), title: said.say('title') });
      } else if (now() - since < MOUNT_FOR_MS) {
        mounting = setTimeout(function () { show(story, mine, since); }, MOUNT_EVERY_MS);
      }
    }

    function remember(outcome, card) {
      if (outcome.kind === 'card') {
        memory().keep(card, outcome.card);
      } else if (outcome.kind === 'noAccess' || outcome.kind === 'token' || outcome.kind === 'unknownAccount') {
        memory().forget(card);
      }
    }

    function leave() {
      generation += 1;
      clearTimeout(mounting);
      if (current && current.request) {
        current.request.abort();
      }
      current = null;
    }

    function load(card) {
      leave();
      const mine = generation;
      const story = createStory(words(), createFormat, now);
      current = { key: card.key, request: null };
      show(story.loading(), mine, now());
      current.request = requestCard(self, backend.address, card);
      current.request.promise.then(function (outcome) {
        if (mine === generation) {
          remember(outcome, card);
          current.request = null;
          show(story.tell(outcome, memory().recall(card)), mine, now());
        }
      });
    }

    function loadOpenCard() {
      const card = place.card();
      if (card) {
        load(card);
      } else {
        leave();
      }
    }

    this.callbacks = {
      render: function () {
        if (!place.isCardArea()) {
          return true;
        }
        const card = place.card();
        if (!card) {
          return false;
        }
        attachStyle();
        self.render_template({
          caption: { class_name: 'ltvw-caption' },
          body: '<div class="ltvw" data-ltvw-card="' + card.key + '"></div>',
          render: ''
        });
        return true;
      },

      init: function () {
        loadOpenCard();
        return true;
      },

      bind_actions: function () {
        $(document).off('click' + EVENTS).on('click' + EVENTS, '[data-ltvw-retry]', loadOpenCard);
        return true;
      },

      settings: function () {
        attachStyle();
        const values = { host: backend.address, support: backend.support };
        const text = createWords(function () { return self.i18n('settings'); });
        showConsent(place.code(), {
          text: text.say('consent_text', values),
          label: text.say('consent_label'),
          after: text.say('after', values)
        }, function (field) { $(field).trigger('change'); });
        return true;
      },

      onSave: function (saved) {
        if (saved && saved.active === 'N') {
          memory().forgetAll();
        }
        return true;
      },

      destroy: function () {
        $(document).off(EVENTS);
        leave();
      }
    };

    return this;
  };
});
