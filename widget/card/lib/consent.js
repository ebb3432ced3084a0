// The consent in the integration's window: the platform keeps "Install" closed until its field is filled.
define([], function () {
  'use strict';

  function line(text) {
    const made = document.createElement('p');
    made.className = 'ltvw-consent__text';
    made.textContent = text;
    return made;
  }

  /**
   * @param {string} code the widget's code, which names the platform's container and hidden field
   * @param {{text: string, label: string, after: string}} words
   * @param {function(Element)} changed tells the platform that the field has a new value
   */
  return function showConsent(code, words, changed) {
    const container = document.getElementById(code + '_custom_content');
    const field = document.getElementById(code + '_custom');
    if (!container || !field || container.querySelector('.ltvw-consent')) {
      return;
    }
    const block = document.createElement('div');
    const label = document.createElement('label');
    const box = document.createElement('input');
    block.className = 'ltvw-consent';
    label.className = 'ltvw-consent__label';
    box.className = 'ltvw-consent__box';
    box.type = 'checkbox';
    box.checked = field.value !== '';
    box.addEventListener('change', function () {
      // The platform keeps only numbers and JSON.
      field.value = box.checked ? JSON.stringify({ agreed: true }) : '';
      changed(field);
    });
    label.append(box, document.createTextNode(' ' + words.label));
    block.append(line(words.text), label, line(words.after));
    container.append(block);
  };
});
