// Entry of the widget: hands each callback of the platform to the area it belongs to.
define([
  'jquery',
  './lib/api.js',
  './lib/backend.js',
  './lib/card.js',
  './lib/choices.js',
  './lib/consent.js',
  './lib/dom.js',
  './lib/door.js',
  './lib/explain.js',
  './lib/explanations.js',
  './lib/format.js',
  './lib/frame.js',
  './lib/install.js',
  './lib/memory.js',
  './lib/names.js',
  './lib/next.js',
  './lib/outlook.js',
  './lib/pages.js',
  './lib/parts.js',
  './lib/patch.js',
  './lib/place.js',
  './lib/platform.js',
  './lib/refresh.js',
  './lib/session.js',
  './lib/story.js',
  './lib/timeline.js',
  './lib/unfold.js',
  './lib/view.js',
  './lib/whatif.js',
  './lib/words.js'
], function (
  $, createApi, backend, createCardArea, createChoices, showConsent, dom, createDoor, createExplain, createExplanations, createFormat,
  createFrameArea, createInstallArea, createMemory, createNames, showNext, createOutlook, createPagesArea, createParts, patch, createPlace,
  createPlatform, createRefresh, createSession, createStory, placeTimeline, createUnfold, createView, reckonWhatIf, createWords
) {
  'use strict';

  // A browser that forbids its storage throws when it is named.
  function storage(name) {
    try {
      return window[name];
    } catch (forbidden) {
      return null;
    }
  }

  function now() {
    return Date.now();
  }

  return function CustomerLtvWidget() {
    const self = this;
    const place = createPlace(self);

    // What every area stands on.
    const given = {
      $: $,
      backend: backend,
      now: now,
      place: place,
      widget: self,
      attachStyle: place.attachStyle,
      choices: function () { return createChoices(storage('localStorage'), place.reader()); },
      memory: function () { return createMemory(storage('sessionStorage'), place.reader(), now); },
      words: function () { return createWords(function (key) { return self.i18n(key); }); }
    };

    const explain = createExplain(dom);
    const card = createCardArea(Object.assign({
      api: createApi(self, backend.address),
      createRefresh: createRefresh,
      createStory: createStory,
      paint: createView(dom, explain, createUnfold(dom, explain), patch),
      tools: {
        createExplanations: createExplanations,
        createFormat: createFormat,
        createOutlook: createOutlook,
        createParts: createParts,
        placeTimeline: placeTimeline,
        reckonWhatIf: reckonWhatIf
      }
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
        if (place.isSettingsArea()) {
          pages.openSettings();
        }
      },

      initMenuPage: function () {
        if (place.isMenuArea()) {
          pages.openAnalytics();
        }
      },

      destroy: function () {
        card.destroy();
        pages.destroy();
      }
    };

    return this;
  };
});
