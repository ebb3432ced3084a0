// Names of people, asked of the CRM as the user who looks: our server does not hold them. One request for each question.
define([], function () {
  'use strict';

  const MOST = 50;
  const TIMEOUT_MS = 10000;
  const USERS_A_PAGE = 250;
  // More users than any account has: a list whose pages never end is left.
  const MOST_PAGES = 40;
  const FORBIDDEN = 403;

  function isId(value) {
    return Number.isSafeInteger(value) && value > 0;
  }

  function named(found, row) {
    if (row && isId(row.id) && typeof row.name === 'string' && row.name.trim() !== '') {
      found[row.id] = row.name;
    }
    return found;
  }

  function rows(answer, kind) {
    const embedded = answer && answer._embedded;
    return (embedded && Array.isArray(embedded[kind]) && embedded[kind]) || [];
  }

  function hasNext(answer, kind) {
    return rows(answer, kind).length > 0 && Boolean(answer._links && answer._links.next);
  }

  /**
   * @param $ jQuery of the platform
   * @param {function(string): Object} constant the platform's constants
   */
  return function createNames($, constant) {
    const known = { users: {}, contacts: {} };
    // The list of users, for those whom the platform does not name: each question reads one page more of it, till it ends.
    const list = { page: 1, isRead: false, underway: null };

    /** @returns {Promise<{hasNext: boolean, isPassing: boolean}>} whether more pages follow; whether it failed, but may not next time */
    function ask(kind, query) {
      return new Promise(function (resolve) {
        $.ajax({ url: '/api/v4/' + kind, method: 'GET', data: query, dataType: 'json', timeout: TIMEOUT_MS })
          .done(function (answer) {
            rows(answer, kind).reduce(named, known[kind]);
            resolve({ hasNext: hasNext(answer, kind), isPassing: false });
          })
          // Who may not see the list, or waits in vain, sees numbers in place of names.
          .fail(function (request) { resolve({ hasNext: false, isPassing: request.status !== FORBIDDEN }); });
      });
    }

    function askUsers() {
      list.underway = list.underway || ask('users', { page: list.page, limit: USERS_A_PAGE }).then(function (came) {
        list.underway = null;
        if (!came.isPassing) {
          list.isRead = !came.hasNext || list.page >= MOST_PAGES;
          list.page += 1;
        }
      });
      return list.underway;
    }

    function fromPlatform() {
      const managers = constant('managers') || {};
      Object.keys(managers).forEach(function (key) {
        const manager = managers[key] || {};
        named(known.users, { id: Number(key), name: manager.title || manager.name });
      });
    }

    function lacking(kind, ids) {
      return ids.filter(function (id) { return !Object.prototype.hasOwnProperty.call(known[kind], id); });
    }

    function learn(kind, ids) {
      if (kind === 'users') {
        fromPlatform();
        return list.isRead || lacking(kind, ids).length === 0 ? Promise.resolve() : askUsers();
      }
      const missing = lacking(kind, ids);
      return missing.length === 0 ? Promise.resolve() : ask('contacts', { filter: { id: missing }, limit: MOST });
    }

    /**
     * @param {'users'|'contacts'} kind
     * @param {number[]} wanted at most 50 count
     * @returns {Promise<Object<number, string>>} of those that the CRM names to this user; never rejected
     */
    return function names(kind, wanted) {
      const ids = Array.from(new Set(wanted.filter(isId))).slice(0, MOST);
      return learn(kind, ids).then(function () {
        return ids.reduce(function (found, id) { return named(found, { id: id, name: known[kind][id] }); }, {});
      });
    };
  };
});
