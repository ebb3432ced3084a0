// Which parts of the card a reader keeps unfolded, and how high the card was with them: remembered in the browser,
// apart for each user of each account.
define([], function () {
  'use strict';

  const PREFIX = 'ltvw:';

  return function createChoices(storage, reader) {
    const isOff = !storage || !reader;
    const mine = PREFIX + reader + ':';

    function read(name) {
      try {
        return isOff ? null : JSON.parse(storage.getItem(mine + name));
      } catch (unreadable) {
        return null;
      }
    }

    function write(name, value) {
      try {
        if (!isOff) {
          storage.setItem(mine + name, JSON.stringify(value));
        }
      } catch (full) {
        // A full or forbidden storage only means that the choice lasts as long as the card.
      }
    }

    function unfolded() {
      const kept = read('unfolded');
      return Array.isArray(kept) ? kept.filter(function (part) { return typeof part === 'string'; }) : [];
    }

    return {
      unfolded: unfolded,

      choose: function (part, isOpen) {
        const others = unfolded().filter(function (other) { return other !== part; });
        write('unfolded', isOpen ? others.concat(part) : others);
      },

      /** Of the last card with numbers, in pixels; 0 where there was none: so much room is kept while the next one loads. */
      height: function () {
        const kept = Number(read('height'));
        return kept > 0 && kept < 10000 ? kept : 0;
      },

      keepHeight: function (pixels) {
        if (pixels > 0) {
          write('height', pixels);
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
