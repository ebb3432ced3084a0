// The integration's window: what the user agrees to, and what is left behind when the widget is switched off.
define([], function () {
  'use strict';

  /** @param given the widget, its place on the platform, and the modules used here */
  return function createInstallArea(given) {
    return {
      open: function () {
        given.attachStyle();
        const values = { host: given.backend.address, support: given.backend.support };
        const text = given.createWords(function () { return given.widget.i18n('settings'); });
        given.showConsent(given.place.code(), {
          text: text.say('consent_text', values),
          label: text.say('consent_label'),
          after: text.say('after', values)
        }, function (field) { given.$(field).trigger('change'); });
      },

      saved: function (change) {
        if (change && change.active === 'N') {
          given.memory().forgetAll();
          given.choices().forgetAll();
        }
      }
    };
  };
});
