// The areas of the platform that show our pages: advanced settings, the menu, the integration's window, and the link in the card.
define([], function () {
  'use strict';

  const EVENTS = '.ltvw-door';
  const HOME = '/analytics/overview';

  /** @param given as of the other areas, with the modules createDoor, createFrameArea, createNames, createPlatform, createSession and showNext */
  return function createPagesArea(given) {
    const platform = given.createPlatform(given.widget);
    const own = {
      widget: given.widget,
      backend: given.backend,
      createWords: given.createWords,
      attachStyle: given.attachStyle,
      now: given.now,
      place: Object.assign({}, given.place, platform),
      session: given.createSession(given.widget, given.backend.address),
      names: given.createNames(given.$, platform.constant)
    };
    const frame = given.createFrameArea(own);
    const door = given.createDoor(own);

    return {
      openSettings: function () { frame.open('settings'); },

      openAnalytics: function () { frame.open('analytics'); },

      /** In the integration's window: what to do next, and the way to the pages once the widget is installed. */
      showNext: function () {
        const text = given.createWords(function () { return given.widget.i18n('settings'); });
        const isInstalled = platform.isInstalled();
        given.showNext(given.place.code(), {
          title: text.say(isInstalled ? 'next_title' : 'first_title'),
          steps: ['step_install', 'step_wizard', 'step_card'].slice(isInstalled ? 1 : 0).map(function (step) { return text.say(step); }),
          open: text.say('open'),
          privacy: text.say('privacy')
        }, given.backend.privacy || '', isInstalled ? function () { door('/settings'); } : null);
      },

      /** The card's link to analytics: it opens them in this user's name, outside the CRM. */
      bindActions: function () {
        given.$(document).off('click' + EVENTS).on('click' + EVENTS, '.ltvw a[href="' + given.backend.analytics + '"]', function (event) {
          event.preventDefault();
          door(HOME);
        });
      },

      destroy: function () {
        given.$(document).off(EVENTS);
        frame.close();
      }
    };
  };
});
