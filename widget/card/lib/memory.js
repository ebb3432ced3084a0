// The last known card per reader and card, for the minutes when the server does not answer.
// It lives in the browser's session, belongs to one user of one account, and is forgotten on a refusal.
define([], function () {
  'use strict';

  const PREFIX = 'ltvw:';
  const KEPT_MS = 12 * 3600 * 1000;
  const KEPT_CARDS = 30;

  return function createMemory(storage, reader, now) {
    const isOff = !storage || !reader;
    const mine = PREFIX + reader + ':';

    function keys(prefix) {
      const found = [];
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i);
        if (key && key.indexOf(prefix) === 0) {
          found.push(key);
        }
      }
      return found;
    }

    function read(key) {
      try {
        return JSON.parse(storage.getItem(key));
      } catch (unreadable) {
        return null;
      }
    }

    function dropOldest() {
      keys(mine)
        .map(function (key) { return { key: key, at: (read(key) || {}).at || 0 }; })
        .sort(function (a, b) { return b.at - a.at; })
        .slice(KEPT_CARDS)
        .forEach(function (old) { storage.removeItem(old.key); });
    }

    return {
      keep: function (place, card) {
        if (isOff) {
          return;
        }
        try {
          storage.setItem(mine + place.key, JSON.stringify({ at: now(), card: card }));
          dropOldest();
        } catch (full) {
          // A full or forbidden storage only means that nothing is remembered.
        }
      },

      recall: function (place) {
        const kept = isOff ? null : read(mine + place.key);
        return kept && kept.card && now() - kept.at < KEPT_MS ? kept.card : null;
      },

      forget: function (place) {
        if (!isOff) {
          storage.removeItem(mine + place.key);
        }
      },

      forgetAll: function () {
        if (storage) {
          keys(PREFIX).forEach(function (key) { storage.removeItem(key); });
        }
      }
    };
  };
});
