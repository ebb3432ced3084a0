// In the integration's window, under the consent: where everything is found, and the way there once it is installed.
define([], function () {
  'use strict';

  function element(tag, name, text) {
    const made = document.createElement(tag);
    made.className = 'ltvw-consent__' + name;
    made.textContent = text;
    return made;
  }

  /**
   * @param {string} code the widget's code, which names the platform's container
   * @param {{title: string, steps: string[], open: string, privacy: string}} words without what is empty
   * @param {string} privacy address of the privacy policy, '' without one
   * @param {null|function()} open the way to our pages; null before the widget is installed
   */
  return function showNext(code, words, privacy, open) {
    const container = document.getElementById(code + '_custom_content');
    const earlier = container && container.querySelector('[data-ltvw-next]');
    if (!container) {
      return;
    }
    if (earlier) {
      earlier.remove();
    }
    const block = document.createElement('div');
    const steps = document.createElement('ol');
    block.className = 'ltvw-consent';
    block.setAttribute('data-ltvw-next', '');
    steps.className = 'ltvw-consent__steps';
    words.steps.forEach(function (step) { steps.append(element('li', 'step', step)); });
    block.append(element('p', 'title', words.title), steps);
    if (open) {
      const button = element('button', 'open', words.open);
      button.type = 'button';
      button.addEventListener('click', open);
      block.append(button);
    }
    if (privacy) {
      const link = element('a', 'link', words.privacy);
      link.href = privacy;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      link.setAttribute('referrerpolicy', 'no-referrer');
      block.append(link);
    }
    container.append(block);
  };
});
