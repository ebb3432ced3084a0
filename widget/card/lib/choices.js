// Which parts of the card a reader keeps unfolded: remembered in the browser, apart for each user of each account.
define([], function () {
  'use strict';

  const PREFIX = 'ltvw:';

  return function createChoices(storage, reader) {
    const name = storage && reader ? PREFIX + reader + ':unfolded' : '';

    function read() {
      try {
        const kept = JSON.parse(storage.getItem(name));
        return Array.isArray(kept) ? kept.filter(function (part) { return typeof part === 'string'; }) : [];
      } catch (unreadable) {
        return [];
      }
    }

    return {
      unfolded: function () {
        return name ? read() : [];
      },

      choose: function (part, isOpen) {
        if (!name) {
          return;
        }
        const others = read().filter(function (other) { return other !== part; });
        try {
          storage.setItem(name, JSON.stringify(isOpen ? others.concat(part) : others));
        } catch (full) {
          // A full or forbidden storage only means that the choice lasts as long as the card.
        }
      },

      forgetAll: function () {
        if (storage) {
          Object.keys(storage)
            .filter(function (key) { return key.indexOf(PREFIX) === 0; })
            .forEach(function (key) { storage.removeItem(key); });
        }
      }
    };
  };
});
