// Where the widget stands: which card is open, and who looks at it.
define([], function () {
  'use strict';

  const ENTITIES = { lcard: 'leads', ccard: 'contacts', comcard: 'companies' };

  // The platform's documents give the other areas several names each: one that is not known is nobody's foreign area.
  const SETTINGS = /settings$/;
  const MENU = /^(widget[-_]page|stats)/;

  return function createPlace(widget) {
    function platform() {
      return window.APP || window.AMOCRM || null;
    }

    function area() {
      const system = widget.system();
      return (system && system.area) || '';
    }

    function constant(name) {
      const app = platform();
      return (app && typeof app.constant === 'function' && app.constant(name)) || {};
    }

    function files() {
      const params = widget.params || {};
      const settings = (widget.get_settings && widget.get_settings()) || {};
      return String(params.cdn_path || params.path || settings.path || '').replace(/\/+$/, '');
    }

    function version() {
      return typeof widget.get_version === 'function' ? String(widget.get_version()) : '';
    }

    function isCardArea() {
      return Object.prototype.hasOwnProperty.call(ENTITIES, area());
    }

    return {
      isCardArea: isCardArea,

      /** Whether our page of settings may stand here: neither in a card nor on a page of the menu. */
      isSettingsArea: function () {
        return !isCardArea() && !MENU.test(area());
      },

      /** Whether our page of the menu may stand here: neither in a card nor in settings. */
      isMenuArea: function () {
        return !isCardArea() && !SETTINGS.test(area());
      },

      /** {entity, id, key} of the open card; null outside a card and for a card that is not saved yet. */
      card: function () {
        const entity = ENTITIES[area()];
        const app = platform();
        const open = app && app.data && app.data.current_card;
        const id = open ? Number(open.id) : 0;
        return entity && Number.isSafeInteger(id) && id > 0
          ? { entity: entity, id: id, key: entity + ':' + id }
          : null;
      },

      /** Account and user, or '' when the platform does not say: then nothing is remembered. */
      reader: function () {
        const user = Number(constant('user').id);
        const account = Number(constant('account').id);
        return user > 0 && account > 0 ? account + ':' + user : '';
      },

      /** Whether the platform calls the user an administrator: for what is drawn while the server has not said yet, and no more. */
      isAdmin: function () {
        const me = constant('managers')[constant('user').id];
        return Boolean(me) && me.is_admin === 'Y';
      },

      /** Loads our style once for the page, from the archive's folder, which the platform names with or without a last slash. */
      attachStyle: function () {
        const folder = files();
        if (folder && !document.querySelector('link[data-ltvw-style]')) {
          const link = document.createElement('link');
          link.rel = 'stylesheet';
          link.setAttribute('data-ltvw-style', '');
          link.href = folder + '/style.css?v=' + encodeURIComponent(version());
          document.head.append(link);
        }
      },

      code: function () {
        return String(((widget.get_settings && widget.get_settings()) || widget.params || {}).widget_code || '');
      }
    };
  };
});
