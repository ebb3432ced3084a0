// The part of amoCRM's page that a widget sees: APP, the Widget object, the life of a card, and moving between cards without a reload.
(function () {
  'use strict';

  const given = JSON.parse(document.getElementById('platform').textContent);
  const AREAS = { leads: 'lcard', contacts: 'ccard', companies: 'comcard' };
  const callbackLog = [];
  // A card, or null on the widget's other places.
  let card = given.card;
  let widget = null;

  requirejs.config({
    paths: { jquery: '/platform/modules/jquery', underscore: '/platform/modules/underscore' },
    urlArgs: function (id, url) {
      return url.indexOf('/widgets/') === 0 ? (url.indexOf('?') < 0 ? '?' : '&') + 'v=' + encodeURIComponent(given.widget.version) : '';
    }
  });

  // The session of whoever is signed in, as far as the CRM's own API goes: no token, the browser alone.
  document.cookie = 'sandbox_user=' + given.constants.user.id + '; path=/; SameSite=Strict';

  function deepFrozen(value) {
    if (value !== null && typeof value === 'object') {
      Object.values(value).forEach(deepFrozen);
      Object.freeze(value);
    }
    return value;
  }

  requirejs(['jquery', 'underscore'], function ($, _) {
    function notify(message, isError) {
      const line = $('<p>').text([message.header, message.text && message.text.text ? message.text.text : message.text].filter(Boolean).join(': '));
      line.toggleClass('is-error', isError).appendTo('.notifications');
      setTimeout(function () { line.remove(); }, 10000);
    }

    // Widgets may read APP and never write to it: a write throws in strict mode, as moderation would refuse it.
    const APP = Object.freeze({
      lang_id: given.lang,
      data: Object.freeze({
        get current_card() {
          return card ? Object.freeze({ id: card.id, model: Object.freeze({ get: function (name) { return name === 'ID' ? card.id : undefined; }, attributes: Object.freeze({ ID: card.id }) }) }) : false;
        },
        get current_list() { return false; }
      }),
      widgets: Object.freeze({ system: Object.freeze({ get area() { return area(); } }) }),
      constant: function (key) { return deepFrozen(structuredClone(given.constants[key])); },
      getBaseEntity: function () { return card ? card.entity : ''; },
      isCard: function () { return Boolean(card); },
      getWidgetsArea: function () { return card ? card.entity + '_card' : given.place ? given.place.page : 'dashboard'; },
      notifications: Object.freeze({
        show_message: function (message) { notify(message, false); },
        show_message_error: function (message) { notify(message, true); },
        show_notification: function (message) { notify({ header: message.text.header, text: message.text.text }, message.type === 'error'); },
        add_error: function (message, after) {
          notify(message, true);
          _.each(['done', 'always'], function (name) { if (after && after[name]) { after[name](); } });
        },
        add_call: function (message) { notify(message, false); }
      })
    });
    window.APP = APP;
    window.AMOCRM = APP;

    function area() {
      return card ? AREAS[card.entity] : given.place ? given.place.area : 'dashboard';
    }

    function log(name, result) {
      callbackLog.push({ name: name, card: card ? card.entity + '/' + card.id : null, result: result });
    }

    // ---- the Widget object -------------------------------------------------

    function Widget() {}

    Widget.prototype = {
      ns: '.' + (given.widget ? given.widget.code : ''),
      system: function () {
        return { area: area(), amouser_id: given.constants.user.id, amouser: given.constants.user.login, subdomain: given.constants.account.subdomain, domain: location.host, server: location.origin };
      },
      get_settings: function () { return $.extend({}, this.saved); },
      set_settings: function (values) { $.extend(this.saved, values); },
      get_version: function () { return given.widget.version; },
      get_install_status: function () { return this.saved.status === 'installed' ? 'installed' : 'install'; },
      set_status: function (status) { this.saved.status = status; },
      set_lang: function (words) { this.langs = $.extend(true, this.langs, words); },
      i18n: function (key) {
        const found = _.reduce(String(key).split('.'), function (words, part) { return words === undefined || words === null ? undefined : words[part]; }, this.langs);
        return found === undefined ? false : found;
      },
      get_accounts_current: function () { return $.extend({}, given.constants.account); },
      get_current_card_contacts_data: function () {
        return Promise.resolve(_.map(_.where(card ? card.linked : [], { entity: 'contacts' }), function (person) {
          return { id: person.id, name: person.name, first_name: '', last_name: '', phones: [], emails: [] };
        }));
      },
      list_selected: function () { return { selected: [], summary: { items: 0, emails: 0, phones: 0 } }; },
      widgetsOverlay: function () {},
      add_action: function () {},
      add_source: function () {},
      listenSocketChannel: function () { return function () {}; },

      // Twig in the little that a card needs: {{ name }} and {{ name|raw }}, neither escaped, as twig.js does by default.
      render: function (what, values) {
        const draw = function (text) {
          return String(text).replace(/\{\{\s*([\w.]+)\s*(?:\|\s*raw\s*)?\}\}/g, function (whole, path) {
            const found = _.reduce(path.split('.'), function (from, part) { return from === undefined || from === null ? undefined : from[part]; }, values || {});
            return found === undefined || found === null ? '' : String(found);
          });
        };
        if (what.data !== undefined) {
          return draw(what.data);
        }
        if (what.href !== undefined) {
          return $.ajax({ url: (what.base_path || '') + what.href, data: { v: what.v }, dataType: 'text' }).then(function (text) {
            const template = { render: function (own) { values = own; return draw(text); } };
            if (what.load) {
              what.load(template);
            }
            return template;
          });
        }
        return '';
      },

      render_template: function (parts, values) {
        const caption = parts.caption || {};
        const block = $('<div>').addClass('card-widgets__widget card-widgets__widget-' + given.widget.code).attr({ id: given.widget.code, 'data-code': given.widget.code });
        const head = $('<div>').addClass('card-widgets__widget__caption js-widget-caption-block').addClass(caption.class_name || '');
        if (caption.html) {
          head.html(caption.html);
        } else {
          head.append($('<img>').attr({ src: given.widget.path + '/images/logo_medium.png', alt: '' }));
        }
        const body = $('<div>').addClass('card-widgets__widget__body js-body-hide');
        body.html(parts.body || this.render({ data: parts.render || '' }, values));
        block.append(head, body).appendTo('.card-widgets__elements');
        return block;
      },

      // Every call gets a fresh disposable token of the user who looks, then goes out as an ordinary cross-origin request.
      $authorizedAjax: function (options) {
        const answer = $.Deferred();
        let running = $.ajax({
          url: '/ajax/v2/integrations/' + encodeURIComponent(this.saved.oauth_client_uuid) + '/disposable_token',
          headers: { 'X-Sandbox-User': String(given.constants.user.id) },
          dataType: 'json'
        });
        running.done(function (given_token) {
          const sent = $.extend({}, options, { headers: $.extend({}, options.headers, { 'X-Auth-Token': given_token.token }) });
          running = $.ajax(sent);
          running.done(function () { answer.resolve.apply(answer, arguments); }).fail(function () { answer.reject.apply(answer, arguments); });
        }).fail(function () { answer.reject.apply(answer, arguments); });
        return answer.promise({ abort: function (reason) { running.abort(reason); } });
      },

      crm_post: function (url, data, done, type, failed) {
        const turn = Math.max(Date.now(), (Widget.lastPost || 0) + 1000);
        Widget.lastPost = turn;
        setTimeout(function () { $.ajax({ url: url, method: 'POST', data: data, dataType: type || 'text' }).done(done || $.noop).fail(failed || $.noop); }, turn - Date.now());
      }
    };

    // ---- the life of a widget on a card ------------------------------------

    function call(name, values) {
      const result = widget.callbacks[name].apply(widget.callbacks, values || []);
      log(name, result === true || result === undefined ? result : String(result));
      return result;
    }

    function start() {
      const here = turns;
      document.documentElement.removeAttribute('data-widget');
      const drawn = call('render');
      const go = function (isDrawn) {
        if (isDrawn === true && (card || given.place) && here === turns) {
          (given.actionsFirst ? ['bind_actions', 'init'] : ['init', 'bind_actions']).forEach(function (name) { call(name); });
          if (given.place) {
            window.sandboxAreas.enter(given, $, hosted);
          }
        }
        document.documentElement.setAttribute('data-widget', isDrawn === true ? 'ready' : 'silent');
      };
      if (drawn && typeof drawn.then === 'function') {
        drawn.then(go);
      } else {
        go(drawn);
      }
    }

    // What the places besides cards need of the widget: its callbacks and what is saved of it.
    const hosted = {
      call: call,
      has: function (name) { return typeof widget.callbacks[name] === 'function'; },
      settings: function () { return widget.get_settings(); },
      save: function (values) { widget.set_settings(values); }
    };

    function stop() {
      if (widget && widget.callbacks.destroy) {
        call('destroy');
      }
      $('.card-widgets__elements').empty();
    }

    function isDeclared() {
      const named = given.place ? given.place.declared : area();
      return given.widget !== null && _.some(given.widget.locations, function (location) { return location === named || location === named + '-1' || location === named + '-0'; });
    }

    function enter() {
      if (given.place) {
        if (window.sandboxAreas.isServed(given, $) && isDeclared()) {
          load().then(start);
        }
        return;
      }
      paint();
      if (given.widget === null) {
        $('.card-widgets__elements').html($('<p>').addClass('page-note').text(given.lang === 'ru' ? 'Архив виджета не указан: параметр --widget.' : 'No widget archive was given: option --widget.'));
      } else if (isDeclared()) {
        load().then(start);
      }
    }

    let turns = 0;
    let loading = null;
    function load() {
      loading = loading || new Promise(function (resolve, reject) {
        // An absolute id: './lib/x.js' is then looked for beside the script, not beside the page.
        requirejs([given.widget.path + '/script.js'], function (Body) {
          const own = new Widget();
          own.saved = $.extend({}, given.widget.settings);
          own.params = $.extend({}, given.widget.settings);
          own.langs = given.widget.words;
          Body.prototype = own;
          widget = new Body();
          resolve();
        }, function (broken) {
          document.documentElement.setAttribute('data-widget', 'broken');
          reject(broken);
        });
      });
      return loading;
    }

    // ---- the card around it ------------------------------------------------

    function address(to) {
      return '/' + to.entity + '/detail/' + to.id + location.search;
    }

    function links(place, title, items) {
      const section = $(place).empty();
      if (items.length > 0) {
        section.append($('<h2>').text(title), $('<ul>').append(_.map(items, function (item) {
          return $('<li>').append($('<a>').attr({ href: address(item), 'data-entity': item.entity, 'data-id': item.id }).text(item.name || '#' + item.id));
        })));
      }
    }

    // ---- deals that a user closes by hand ----------------------------------

    const WON = 142;
    const LOST = 143;
    const words = given.lang === 'ru'
      ? { deal: 'Сделка', deals: 'Открытые сделки', win: 'Выиграть', lose: 'Проиграть', reopen: 'Вернуть в работу', price: 'Бюджет', add: 'Добавить сделку', failed: 'Не получилось' }
      : { deal: 'Deal', deals: 'Open deals', win: 'Win', lose: 'Lose', reopen: 'Reopen', price: 'Price', add: 'Add a deal', failed: 'That failed' };

    function dealButton(deal, what, change) {
      return $('<button type="button">').toggleClass('is-main', what === 'win').attr({ 'data-deal': deal.id, 'data-do': what, 'aria-label': words[what] + ': ' + deal.name }).text(words[what])
        .on('click', function () { edit('/sandbox/leads/' + deal.id, change); });
    }

    function deals() {
      const section = $('.card-deals').empty();
      section.append($('<h2>').text(card.entity === 'leads' ? words.deal : words.deals));
      section.append($('<ul>').append(_.map(card.deals, function (deal) {
        const buttons = deal.isOpen
          ? [dealButton(deal, 'win', { status_id: WON }), dealButton(deal, 'lose', { status_id: LOST })]
          : [dealButton(deal, 'reopen', { pipeline_id: deal.pipelineId, status_id: deal.firstStageId })];
        const name = card.entity === 'leads' ? null : $('<a>').attr({ href: address(deal), 'data-entity': deal.entity, 'data-id': deal.id }).text(deal.name);
        return $('<li>').append(name, $('<span>').text(deal.price), buttons);
      })));
      if (card.entity !== 'leads') {
        const price = $('<input type="number" min="0" step="1" required>').attr({ placeholder: words.price, 'aria-label': words.price });
        section.append($('<form>').append(price, $('<button data-do="add">').text(words.add)).on('submit', function (event) {
          event.preventDefault();
          edit('/sandbox/leads', card.entity === 'companies' ? { price: Number(price.val()), company_id: card.id } : { price: Number(price.val()), contact_ids: [card.id] });
        }));
      }
    }

    // The card is read again and drawn anew around the widget, which goes on as it is.
    function edit(path, change) {
      const turn = turns;
      return $.ajax({ url: path, method: 'POST', contentType: 'application/json', data: JSON.stringify(change) })
        .then(function () { return $.getJSON('/platform/cards/' + card.entity + '/' + card.id); })
        .then(function (fresh) {
          if (turn === turns && card) {
            card = fresh;
            paint();
          }
        }, function () { notify({ header: words.failed }, true); });
    }

    function paint() {
      const inRussian = given.lang === 'ru';
      document.title = card.name;
      $('.card-name').text(card.name || '…');
      $('.card-labels').empty().append(_.flatten(_.map(card.fields, function (field) { return [$('<dt>').text(field.label)[0], $('<dd>').text(field.value)[0]]; })));
      deals();
      links('.card-linked', inRussian ? 'Связанное' : 'Linked', card.linked);
      links('.card-neighbours', inRussian ? 'Соседние карточки' : 'Cards nearby', card.neighbours);
      $('.card-feed').empty().append(_.map(_.sortBy(card.feed, 'at'), function (line) {
        const when = new Date(line.at * 1000).toLocaleString(inRussian ? 'ru-RU' : 'en-GB', { timeZone: given.constants.account.timezone });
        return $('<p>').text(line.what).append($('<small>').text(when + ' · ' + line.who));
      }));
    }

    function open(entity, id) {
      const turn = ++turns;
      return $.getJSON('/platform/cards/' + entity + '/' + id).then(function (next) {
        if (turn === turns) {
          stop();
          card = next;
          enter();
        }
      });
    }

    $(document).on('click', '[data-entity]', function (event) {
      event.preventDefault();
      const link = $(event.currentTarget);
      history.pushState(null, '', link.attr('href'));
      open(link.attr('data-entity'), link.attr('data-id'));
    });
    $(window).on('popstate', function () {
      if (given.place) {
        return;
      }
      const parts = location.pathname.split('/');
      open(parts[1], parts[3]);
    });

    // For tests: which callbacks ran on which card, moving to a card, leaving cards altogether.
    window.sandboxPage = Object.freeze({
      log: callbackLog,
      open: open,
      leave: function () {
        stop();
        card = false;
      }
    });

    window.sandboxAreas.bar(given, $);
    enter();
  });
}());
