// The name of a figure as the button that opens its explanation, and the explanation over the card: nothing moves for it.
define([], function () {
  'use strict';

  const ID = 'ltvw-explained';
  const MARK = 'data-ltvw-explain';
  const GAP = 4;

  return function createExplain(dom) {
    const element = dom.element;
    const filled = dom.filled;

    function opens(made, name, open) {
      made.type = 'button';
      made.setAttribute(MARK, name);
      made.setAttribute('aria-expanded', String(name === open));
      made.setAttribute('aria-controls', ID);
      if (name === open) {
        made.setAttribute('aria-describedby', ID);
      }
      return made;
    }

    return {
      /** Makes a button of what is drawn already: the chip of the tier. */
      opens: opens,

      /** @param {string} open name of the figure that is explained now, or '' */
      label: function (text, name, open) {
        return opens(element('button', 'ask', text), name, open);
      },

      /** Stands there empty too: only what a known place says anew is read aloud. */
      panel: function (given) {
        const box = element('div', given ? 'explained explained_open' : 'explained');
        box.id = ID;
        box.setAttribute('data-ltvw-key', 'explained');
        box.setAttribute('role', 'note');
        box.setAttribute('aria-live', 'polite');
        return given
          ? filled(box, element('strong', 'strong', given.title), element('p', '', given.text), given.sum && element('p', 'reckoned', given.sum))
          : box;
      },

      /** Below its figure, or above it where the card ends; the headline stays in sight while it is explained. */
      place: function (root) {
        const button = root.querySelector('[' + MARK + '][aria-expanded="true"]');
        const box = root.querySelector('.ltvw__explained_open');
        if (!button || !box) {
          return;
        }
        const around = root.getBoundingClientRect();
        const headline = button.closest('.ltvw__head') && root.querySelector('.ltvw__factors');
        const below = (headline || button).getBoundingClientRect().bottom - around.top + GAP;
        const above = button.getBoundingClientRect().top - around.top - GAP - box.offsetHeight;
        box.style.top = Math.round(below + box.offsetHeight > around.height && above >= 0 ? above : below) + 'px';
      }
    };
  };
});
