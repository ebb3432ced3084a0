// Entry of the widget: hands each callback of the platform to the area it belongs to.
define([
  'jquery',
  './lib/api.js',
  './lib/backend.js',
  './lib/card.js',
  './lib/consent.js',
  './lib/format.js',
  './lib/install.js',
  './lib/memory.js',
  './lib/patch.js',
  './lib/place.js',
  './lib/refresh.js',
  './lib/story.js',
  './lib/view.js',
  './lib/words.js'
], function (
  $, requestCard, backend, createCardArea, showConsent, createFormat, createInstallArea, createMemory, patch, createPlace,
  createRefresh, createStory, paint, createWords
) {
  'use strict';

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

    function now() {
      return Date.now();
    }

    const given = {
      $: $,
      backend: backend,
      now: now,
      place: place,
      widget: self,
      attachStyle: place.attachStyle,
      memory: function () { return createMemory(session(), place.reader(), now); },
      words: function () { return createWords(function (key) { return self.i18n(key); }); }
    };
    const card = createCardArea(Object.assign({
      createFormat: createFormat,
      createRefresh: createRefresh,
      createStory: createStory,
      paint: paint,
      patch: patch,
      requestCard: requestCard
    }, given));
    const install = createInstallArea(Object.assign({ createWords: createWords, showConsent: showConsent }, given));

    this.callbacks = {
      render: function () {
        return place.isCardArea() ? card.render() : true;
      },

      init: function () {
        if (place.isCardArea()) {
          card.init();
        }
        return true;
      },

      bind_actions: function () {
        if (place.isCardArea()) {
          card.bindActions();
        }
        return true;
      },

      settings: function () {
        install.open();
        return true;
      },

      onSave: function (saved) {
        install.saved(saved);
        return true;
      },

      destroy: function () {
        card.destroy();
      }
    };

    return this;
  };
});
