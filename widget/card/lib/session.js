// Asks our server to let a page of ours speak in this user's name: the platform's own token goes along.
define([], function () {
  'use strict';

  const TIMEOUT_MS = 10000;
  const KNOWN = ['token', 'origin', 'unknownAccount', 'switchedOff', 'tooMany'];

  function body(request) {
    if (request && request.responseJSON) {
      return request.responseJSON;
    }
    try {
      return JSON.parse(request.responseText) || {};
    } catch (notJson) {
      return {};
    }
  }

  /** Names what went wrong by the code of the answer, else by whether there was an answer at all. */
  function cause(request) {
    const status = Number(request && request.status) || 0;
    const code = status > 0 ? body(request).code : '';
    if (KNOWN.indexOf(code) >= 0) {
      return code;
    }
    if (status === 401) {
      return 'token';
    }
    return status === 0 || status >= 500 ? 'unreachable' : 'failed';
  }

  /**
   * @param widget the platform's widget object
   * @param {string} address scheme, host and port of our server
   * @returns {{open: function(): Promise<Object>, code: function(): Promise<Object>}} promises that are rejected with the
   *   name of a cause: a token for a framed page, and a single-use code for a page of its own
   */
  return function createSession(widget, address) {
    function post(path, isWhole) {
      return new Promise(function (resolve, reject) {
        let request;
        try {
          request = widget.$authorizedAjax({ url: address + path, method: 'POST', dataType: 'json', timeout: TIMEOUT_MS });
        } catch (refused) {
          reject('token');
          return;
        }
        request.done(function (answer) {
          if (answer && isWhole(answer)) {
            resolve(answer);
          } else {
            reject('failed');
          }
        });
        request.fail(function (failed) { reject(cause(failed)); });
      });
    }

    return {
      open: function () {
        return post('/api/sessions', function (answer) {
          return typeof answer.token === 'string' && !Number.isNaN(Date.parse(answer.expiresAt));
        });
      },

      code: function () {
        return post('/api/sessions/codes', function (answer) {
          return typeof answer.url === 'string' && answer.url.indexOf('/pages/') === 0;
        });
      }
    };
  };
});
