// Asks our server for a card and names what came of it.
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
    crmUnavailable: 'crmUnavailable'
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
  function isSame(answer) {
    return Boolean(answer) && Number(answer.status) === UNCHANGED;
  }

  function success(card) {
    const isCard = card !== null && typeof card === 'object' && STATES.indexOf(card.state) >= 0;
    return isCard ? { kind: 'card', card: card } : { kind: 'failed' };
  }

  /**
   * @param widget the platform's widget object, whose request carries the user's disposable token
   * @param {string} address scheme, host and port of our server
   * @param {?string} known version of the card that is shown: while it is in force the server sends nothing but that
   * @returns a request: promise of {kind, card?}, never rejected, and abort(); kind is 'same' for the known version
   */
  return function requestCard(widget, address, place, known) {
    let request = null;
    const promise = new Promise(function (resolve) {
      try {
        request = widget.$authorizedAjax({
          url: address + '/api/cards/' + place.entity + '/' + place.id,
          method: 'GET',
          dataType: 'json',
          cache: true,
          headers: known ? { 'If-None-Match': '"' + known + '"' } : {},
          timeout: TIMEOUT_MS
        });
        request.done(function (card, status, answer) { resolve(isSame(answer) ? { kind: 'same' } : success(card)); });
        request.fail(function (failed) { resolve(isSame(failed) ? { kind: 'same' } : failure(failed)); });
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
  };
});
