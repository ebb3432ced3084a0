// What our pages need to know of the platform around them, in its documented words alone.
define([], function () {
  'use strict';

  return function createPlatform(widget) {
    function platform() {
      return window.APP || window.AMOCRM || null;
    }

    function constant(name) {
      const app = platform();
      return (app && typeof app.constant === 'function' && app.constant(name)) || {};
    }

    return {
      constant: constant,

      /** Number of the account, '' when the platform does not say. */
      account: function () {
        const id = Number(constant('account').id);
        return id > 0 ? String(id) : '';
      },

      /** @returns {'ru'|'en'} of the two languages that our pages know */
      language: function () {
        const app = platform();
        return app && app.lang_id === 'ru' ? 'ru' : 'en';
      },

      isInstalled: function () {
        return typeof widget.get_install_status === 'function' && widget.get_install_status() === 'installed';
      },

      /** Shows a message that answers something the user did. */
      tell: function (header, text) {
        const app = platform();
        if (app && app.notifications && typeof app.notifications.show_message_error === 'function') {
          app.notifications.show_message_error({ header: header, text: text, date: Math.floor(Date.now() / 1000) });
        }
      }
    };
  };
});
