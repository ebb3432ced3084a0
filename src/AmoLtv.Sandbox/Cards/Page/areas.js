// The places of amoCRM besides cards where a widget is shown: the window of its integration, its page in the settings, its page in
// the menu; and the bar by which whoever tries the sandbox changes user, language and theme.
(function () {
  'use strict';

  const WORDS = {
    ru: {
      user: 'Пользователь', admin: 'админ', light: 'Светлая', dark: 'Тёмная', cards: 'Карточки', modal: 'Интеграция', advanced: 'Настройки виджета', menu: 'Меню', stats: 'Аналитика',
      install: 'Установить', save: 'Сохранить', off: 'Отключить', bar: 'Песочница', failed: 'Не получилось',
      forbidden: 'Раздел «Настройки» открыт администраторам аккаунта.', missing: 'Этого места у виджета нет: страница в меню бывает только у публичной интеграции.',
      noWidget: 'Архив виджета не указан: параметр --widget.'
    },
    en: {
      user: 'User', admin: 'admin', light: 'Light', dark: 'Dark', cards: 'Cards', modal: 'Integration', advanced: 'Widget settings', menu: 'Menu', stats: 'Analytics',
      install: 'Install', save: 'Save', off: 'Disable', bar: 'Sandbox', failed: 'That failed',
      forbidden: 'Settings are open to administrators of the account.', missing: 'The widget has no such place: only a public integration has a page in the menu.',
      noWidget: 'No widget archive was given: option --widget.'
    }
  };

  function wordOf(given) {
    return WORDS[given.lang] || WORDS.en;
  }

  /** The address of this page with one choice changed; the others stay. */
  function withChoice(name, value) {
    const url = new URL(location.href);
    url.searchParams.set(name, value);
    return url.pathname + url.search;
  }

  function look(path) {
    return path + location.search;
  }

  function bar(given, $) {
    const words = wordOf(given);
    const users = $('<select>').attr('aria-label', words.user).append($.map(given.constants.managers, function (manager) {
      return $('<option>').val(manager.id).text(manager.title + (manager.is_admin === 'Y' ? ' (' + words.admin + ')' : '')).prop('selected', manager.id === given.constants.user.id);
    })).on('change', function () { location.assign(withChoice('user', users.val())); });
    const languages = $.map(['ru', 'en'], function (language) {
      return $('<a>').attr({ href: withChoice('lang', language), 'aria-current': given.lang === language ? 'true' : null }).text(language.toUpperCase());
    });
    // The CRM changes its theme without a reload: so does this.
    const themes = $.map(['light', 'dark'], function (theme) {
      return $('<button type="button">').attr('data-theme', theme).text(words[theme]).on('click', function () {
        document.documentElement.setAttribute('data-color-scheme', theme);
        history.replaceState(null, '', withChoice('theme', theme));
      });
    });
    const places = $.map([['/', 'cards'], ['/settings/widgets', 'modal'], ['/settings/advanced', 'advanced'], ['/menu/ltv_main', 'menu'], ['/stats/ltv_report', 'stats']], function (place) {
      return $('<a>').attr('href', look(place[0])).text(words[place[1]]);
    });
    $('<nav class="sandbox-bar">').attr('aria-label', words.bar).append(places, users, languages, themes).appendTo('body');
  }

  function say($, text) {
    $('.area-work').empty().append($('<p class="page-note">').text(text));
  }

  function titled(given, $, key) {
    const text = key.split('.').reduce(function (from, part) { return from === undefined || from === null ? undefined : from[part]; }, given.widget.words);
    const title = typeof text === 'string' ? text : '';
    $('.area-title').text(title);
    document.title = title;
  }

  /** The container that the platform makes for a widget's own page; its id differs between versions of the CRM. */
  function holder(given, $) {
    const id = new URLSearchParams(location.search).get('holder') === 'list' ? 'list_page_holder' : 'work-area-' + given.widget.code;
    $('.area-work').empty().append($('<div>').attr('id', id));
  }

  // ---- the window of the integration ----

  function modal(given, $, platform) {
    const words = wordOf(given);
    const code = given.widget.code;
    const fields = given.place.fields;
    const own = platform.settings();
    const isInstalled = own.status === 'installed';
    const block = $('<div class="widget_settings_block">');
    block.append($('<div class="widget_settings_block__descr">').text(given.widget.words.widget.description));
    const inputs = $('<div class="widget_settings_block__fields">').appendTo(block);
    fields.forEach(function (field) {
      const row = $('<div class="widget_settings_block__item_field">').appendTo(inputs);
      const value = own[field.key] === undefined ? '' : String(own[field.key]);
      if (field.type === 'custom') {
        // A required field of the widget's own stays hidden and still has to be filled.
        row.append($('<div>').attr('id', code + '_custom_content'), $('<input type="hidden">').attr({ id: code + '_custom', name: field.key }).val(value));
      } else {
        row.append($('<label>').text(field.name).append($('<input type="text">').attr('name', field.key).val(value)));
      }
    });
    const controls = $('<div class="widget_settings_block__controls">').appendTo(block);
    const go = $('<button type="button" class="button-input">').addClass(isInstalled ? 'js-widget-save' : 'js-widget-install').text(isInstalled ? words.save : words.install).appendTo(controls);
    function values() {
      return fields.reduce(function (all, field) { all[field.key] = block.find('[name="' + field.key + '"]').val(); return all; }, {});
    }
    function check() {
      go.prop('disabled', fields.some(function (field) { return field.isRequired && values()[field.key] === ''; }));
    }
    function stored(given_values) {
      // Of a field of the widget's own the server keeps a number or JSON, nothing else.
      return fields.reduce(function (kept, field) {
        try {
          kept[field.key] = field.type === 'custom' ? JSON.stringify(JSON.parse(given_values[field.key])) : given_values[field.key];
        } catch (plain) {
          kept[field.key] = '';
        }
        return kept;
      }, {});
    }
    function failed() {
      $('.notifications').append($('<p class="is-error">').text(words.failed));
    }
    go.on('click', function () {
      const event = { active: 'Y', fields: values() };
      Promise.resolve(platform.call('onSave', [event])).then(function (answer) {
        if (answer === false) {
          return;
        }
        const next = isInstalled ? Promise.resolve() : Promise.resolve($.ajax({ url: '/sandbox/install', method: 'POST', contentType: 'application/json', data: JSON.stringify({ clientId: own.oauth_client_uuid }) }));
        next.then(function () {
          platform.save($.extend(stored(event.fields), { status: 'installed', active: 'Y' }));
          if (!isInstalled && platform.has('onInstall')) {
            platform.call('onInstall', []);
          }
          modal(given, $, platform);
        }, failed);
      });
    });
    if (isInstalled) {
      $('<button type="button" class="js-widget-uninstall">').text(words.off).appendTo(controls).on('click', function () {
        Promise.resolve(platform.call('onSave', [{ active: 'N', fields: values() }])).then(function () {
          platform.call('destroy', []);
          return $.ajax({ url: '/sandbox/revoke', method: 'POST', contentType: 'application/json', data: JSON.stringify({ clientId: own.oauth_client_uuid }) });
        }).then(function () {
          platform.save({ status: 'install', active: 'N' });
          modal(given, $, platform);
        }, failed);
      });
    }
    inputs.on('change', 'input', check);
    $('.area-work').empty().append($('<div>').addClass('modal ' + code).attr({ role: 'dialog', 'aria-label': given.widget.words.widget.name }).append($('<div class="modal-body">').append(block)));
    check();
    platform.call('settings', [block, {}]);
  }

  const PLACES = {
    modal: function (given, $, platform) {
      titled(given, $, 'widget.name');
      modal(given, $, platform);
    },
    advanced: function (given, $, platform) {
      titled(given, $, 'advanced.title');
      holder(given, $);
      platform.call('advancedSettings', []);
    },
    menu: function (given, $, platform) {
      titled(given, $, given.place.title);
      holder(given, $);
      platform.call('initMenuPage', [given.place.params]);
    }
  };

  window.sandboxAreas = Object.freeze({
    bar: bar,

    /** Whether the widget is run here; otherwise the page says why not. */
    isServed: function (given, $) {
      if (given.widget === null) {
        say($, wordOf(given).noWidget);
      } else if (!PLACES[given.place.kind]) {
        say($, wordOf(given)[given.place.kind]);
      }
      return given.widget !== null && Boolean(PLACES[given.place.kind]);
    },

    /** After render, init and bind_actions: what this place calls besides. */
    enter: function (given, $, platform) { PLACES[given.place.kind](given, $, platform); }
  });
}());
