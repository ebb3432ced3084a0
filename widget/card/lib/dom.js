// How nodes of the card are made: classes of our own, data as text only.
define([], function () {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    quiet: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M8 7.4v3.4M8 5v.1',
    new: 'M8 2v12M2 8h12M4 4l8 8M12 4l-8 8',
    good: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M5.2 8.2l2 2 3.6-4',
    watch: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M8 4.4V8l2.4 1.6',
    risk: 'M8 2.2 14.6 13.6H1.4zM8 6.6v3M8 11.6v.1',
    locked: 'M3.4 7.2h9.2v6.4H3.4zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2',
    dormant: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6',
    more: 'M6 4l4 4-4 4'
  };

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) {
      made.className = name.split(' ').map(function (part) { return 'ltvw__' + part; }).join(' ');
    }
    if (text !== undefined && text !== null) {
      made.textContent = text;
    }
    return made;
  }

  function drawing(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  return {
    element: element,
    drawing: drawing,

    /** The same node with its parts inside. */
    filled: function (made) {
      made.append.apply(made, Array.prototype.slice.call(arguments, 1).filter(Boolean));
      return made;
    },

    hinted: function (made, hint) {
      if (hint) {
        made.title = hint;
      }
      return made;
    },

    icon: function (name) {
      const made = drawing('svg', { viewBox: '0 0 16 16', class: 'ltvw__icon', 'aria-hidden': 'true', focusable: 'false' });
      made.appendChild(drawing('path', { d: ICONS[name] }));
      return made;
    },

    button: function (text, mark, value) {
      const made = element('button', 'button', text);
      made.type = 'button';
      made.setAttribute(mark, value === undefined ? '' : value);
      return made;
    }
  };
});
