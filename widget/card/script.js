// Entry of the widget: hands each callback of the platform to the area it belongs to.
define([
  'jquery',
  './lib/api.js',
  './lib/backend.js',
  './lib/card.js',
  './lib/consent.js',
  './lib/door.js',
  './lib/format.js',
  './lib/frame.js',
  './lib/install.js',
  './lib/memory.js',
  './lib/names.js',
  './lib/next.js',
  './lib/pages.js',
  './lib/patch.js',
  './lib/place.js',
  './lib/platform.js',
  './lib/refresh.js',
  './lib/session.js',
  './lib/story.js',
  './lib/view.js',
  './lib/words.js'
], function (
  $, requestCard, backend, createCardArea, showConsent, createDoor, createFormat, createFrameArea, createInstallArea, createMemory,
  createNames, showNext, createPagesArea, patch, createPlace, createPlatform, createRefresh, createSession, createStory, paint, createWords
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

    const pages = createPagesArea(Object.assign({
      createDoor: createDoor,
      createFrameArea: createFrameArea,
      createNames: createNames,
      createPlatform: createPlatform,
      createSession: createSession,
      createWords: createWords,
      showNext: showNext
    }, given));

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
          pages.bindActions();
        }
        return true;
      },

      settings: function () {
        install.open();
        pages.showNext();
        return true;
      },

      onSave: function (saved) {
        install.saved(saved);
        return true;
      },

      advancedSettings: function () {
        pages.openSettings();
      },

      initMenuPage: function () {
        pages.openAnalytics();
      },

      destroy: function () {
        card.destroy();
        pages.destroy();
      }
    };

    return this;
  };
});
