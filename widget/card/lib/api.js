// Asks our server for a card and what belongs to it, and names what came of it.
define([], function () {
  'use strict';

  const TIMEOUT_MS = 10000;
  const UNCHANGED = 304;
  const STATES = ['valued', 'new', 'pending'];
  const BY_CODE = {
    token: 'token',
    noAccess: 'noAccess',
    origin: 'unknownAccount',
    unknownAccount: 'unknownAccount',
    noCustomer: 'noCustomer',
    connectionLost: 'connectionLost',
    crmUnavailable: 'crmUnavailable',
    tooManyRemarks: 'tooManyRemarks'
  };

  function body(request) {
    if (request.responseJSON) {
      return request.responseJSON;
    }
    try {
      return JSON.parse(request.responseText) || {};
    } catch (notJson) {
      return {};
    }
  }

  function byStatus(status) {
    switch (status) {
      case 0: return 'unreachable';
      case 401: return 'token';
      case 403: return 'noAccess';
      case 429: return 'busy';
      case 502: case 503: case 504: return 'unreachable';
      default: return 'failed';
    }
  }

  function failure(request) {
    const status = Number(request && request.status) || 0;
    const code = status ? body(request).code : '';
    return { kind: BY_CODE[code] || byStatus(status) };
  }

  // An empty answer in place of JSON is a success to some versions of jQuery and a failure to others.
  function isEmpty(answer) {
    return Boolean(answer) && (Number(answer.status) === UNCHANGED || Number(answer.status) === 201);
  }

  function isThing(value) {
    return value !== null && typeof value === 'object';
  }

  /**
   * @param widget the platform's widget object, whose requests carry the user's disposable token
   * @param {string} address scheme, host and port of our server
   */
  return function createApi(widget, address) {
    // Promise of an outcome {kind, …}, never rejected, and abort().
    function send(place, rest, options, read) {
      let request = null;
      const promise = new Promise(function (resolve) {
        try {
          request = widget.$authorizedAjax(Object.assign({
            url: address + '/api/cards/' + place.entity + '/' + place.id + rest,
            method: 'GET',
            dataType: 'json',
            cache: true,
            timeout: TIMEOUT_MS
          }, options));
          request.done(function (answer, status, sent) { resolve(isEmpty(sent) ? { kind: 'empty' } : read(answer)); });
          request.fail(function (failed) { resolve(isEmpty(failed) ? { kind: 'empty' } : failure(failed)); });
        } catch (refused) {
          resolve({ kind: 'token' });
        }
      });
      return {
        promise: promise,
        abort: function () {
          if (request && typeof request.abort === 'function') {
            request.abort();
          }
        }
      };
    }

    return {
      /**
       * @param {?string} known version of the card that is shown: while it is in force the server sends nothing but that
       * @returns kind 'card' with the card, 'empty' for the known version, or what went wrong
       */
      card: function (place, known) {
        return send(place, '', { headers: known ? { 'If-None-Match': '"' + known + '"' } : {} }, function (card) {
          return isThing(card) && STATES.indexOf(card.state) >= 0 ? { kind: 'card', card: card } : { kind: 'failed' };
        });
      },

      /** @returns kind 'leads' with the page of leads from the given place on */
      leads: function (place, isCounted, skip) {
        return send(place, '/leads', { data: { counted: isCounted, skip: skip } }, function (page) {
          return isThing(page) && Array.isArray(page.items) ? { kind: 'leads', page: page } : { kind: 'failed' };
        });
      },

      /** @returns kind 'empty' once the remark is kept */
      remark: function (place, text) {
        return send(place, '/remarks', { method: 'POST', contentType: 'application/json', data: JSON.stringify({ text: text }) }, function () {
          return { kind: 'empty' };
        });
      }
    };
  };
});
