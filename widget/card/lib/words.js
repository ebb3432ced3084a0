// Sentences of the card: one lookup in the widget's dictionary, placeholders and plural forms.
define([], function () {
  'use strict';

  /**
   * @param {function(string): (string|Object|boolean)} lookUp the platform's i18n(key)
   * @returns words of the card in the language of the account's interface
   */
  return function createWords(lookUp) {
    const card = lookUp('card') || {};
    const locale = card.locale || 'en';
    const plural = new Intl.PluralRules(locale);

    function find(path) {
      return path.split('.').reduce(function (node, key) {
        return node === undefined || node === null ? undefined : node[key];
      }, card);
    }

    function fill(text, values) {
      const filled = String(text).replace(/\{(\w+)\}/g, function (whole, name) {
        return values && values[name] !== undefined ? values[name] : whole;
      });
      // The stop of an abbreviation ends the sentence too: «молчит 3 мес.»
      return values ? filled.replace(/\.\.(?=\s|$)/g, '.') : filled;
    }

    return {
      locale: locale,

      /** Is there a sentence of this name? A code that a newer server sends may have none. */
      has: function (path) {
        return typeof find(path) === 'string';
      },

      /** The sentence of this name with {placeholders} filled. */
      say: function (path, values) {
        const text = find(path);
        return typeof text === 'string' ? fill(text, values) : '';
      },

      /** The plural form for a number as it is shown: 1 покупка, 2 покупки, 5 покупок, 4,9 года. */
      count: function (path, shownNumber, shownText) {
        const forms = find(path) || {};
        return fill(forms[plural.select(shownNumber)] || forms.other || '{n}', { n: shownText });
      }
    };
  };
});
