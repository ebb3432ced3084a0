// When an open card asks again: every half a minute or so while it is looked at, never while it is hidden,
// more and more seldom while it gets no answer.
define([], function () {
  'use strict';

  const EVERY_MS = 25000;
  const LONGEST_MS = 300000;
  // Cards that were opened together shall not go on asking together.
  const SPREAD = 0.1;

  /**
   * @param {{ask: function(), isLookedAt: function(): boolean, now: function(): number}} card
   * @returns {{heard: function(boolean), looked: function(), stop: function()}} silent until it first heard an answer
   */
  return function createRefresh(card) {
    let timer = null;
    let failures = 0;
    let heardAt = null;

    function pause() {
      const wanted = Math.min(EVERY_MS * Math.pow(2, failures), LONGEST_MS);
      return wanted * (1 - SPREAD + 2 * SPREAD * Math.random());
    }

    function turn() {
      if (card.isLookedAt()) {
        card.ask();
      } else {
        timer = setTimeout(turn, pause());
      }
    }

    return {
      /** An answer came; the next question is asked after a pause. */
      heard: function (isGood) {
        clearTimeout(timer);
        failures = isGood ? 0 : failures + 1;
        heardAt = card.now();
        timer = setTimeout(turn, pause());
      },

      /** The page came into sight again: what is old by now is asked for at once. */
      looked: function () {
        if (heardAt !== null && card.isLookedAt() && card.now() - heardAt >= EVERY_MS * (1 - SPREAD)) {
          clearTimeout(timer);
          turn();
        }
      },

      stop: function () {
        clearTimeout(timer);
        timer = null;
        failures = 0;
        heardAt = null;
      }
    };
  };
});
