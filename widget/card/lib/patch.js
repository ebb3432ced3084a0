// Brings drawn nodes up to date in place. What is alike stays the same node, so that focus, selection, typed words,
// and whatever the reader unfolded outlive a refresh.
define([], function () {
  'use strict';

  const ELEMENT = 1;
  const KEY = 'data-ltvw-key';
  // The reader's own doing, not ours to take back.
  const READERS = ['open'];

  function key(node) {
    return node.nodeType === ELEMENT ? node.getAttribute(KEY) : null;
  }

  function isAlike(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);
  }

  function patchAttributes(node, fresh) {
    Array.from(node.attributes).forEach(function (attribute) {
      if (!fresh.hasAttribute(attribute.name) && READERS.indexOf(attribute.name) < 0) {
        node.removeAttribute(attribute.name);
      }
    });
    Array.from(fresh.attributes).forEach(function (attribute) {
      if (attribute.name === 'style') {
        // As an attribute a page's security policy may refuse it.
        node.style.cssText = fresh.style.cssText;
      } else if (READERS.indexOf(attribute.name) < 0 && node.getAttribute(attribute.name) !== attribute.value) {
        node.setAttribute(attribute.name, attribute.value);
      }
    });
  }

  function patchNode(node, fresh) {
    if (node.nodeType === ELEMENT) {
      patchAttributes(node, fresh);
      patchChildren(node, Array.from(fresh.childNodes));
    } else if (node.nodeValue !== fresh.nodeValue) {
      node.nodeValue = fresh.nodeValue;
    }
  }

  function patchChildren(parent, wanted) {
    let next = parent.firstChild;
    wanted.forEach(function (fresh) {
      let found = next;
      while (found && !isAlike(found, fresh)) {
        found = found.nextSibling;
      }
      if (!found) {
        parent.insertBefore(fresh, next);
        return;
      }
      while (next !== found) {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
      }
      patchNode(found, fresh);
      next = found.nextSibling;
    });
    while (next) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
  }

  /** @param {Element} parent what is shown; @param {Array<Node>} wanted its children as they have to be, freely used up */
  return patchChildren;
});
