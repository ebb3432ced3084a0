// Draws a story into the widget's own block.
define([], function () {
  'use strict';

  // Rows of the parts that unfold, as many as most clients have: the block keeps its height when they come.
  const USUAL_PARTS = 5;

  return function createView(dom, unfold, patch) {
    const element = dom.element;
    const filled = dom.filled;
    const hinted = dom.hinted;

    function tierChip(tier) {
      const dot = element('span', 'dot');
      if (/^#[0-9a-f]{6}$/i.test(tier.color || '')) {
        dot.style.backgroundColor = tier.color;
      }
      return filled(hinted(element('span', 'tier'), tier.hint), dot, element('span', '', tier.text));
    }

    function head(story) {
      return filled(element('div', 'head'), element('span', 'label', story.label), story.tier && tierChip(story.tier));
    }

    // The short number is for the eye, the exact one for hovering and for a screen reader.
    function headline(story) {
      const value = hinted(element('data', 'value'), story.headline.exact);
      const shown = element('span', '', story.headline.text);
      value.value = story.headline.value;
      value.append(shown);
      if (story.headline.exact) {
        shown.setAttribute('aria-hidden', 'true');
        value.append(element('span', 'spoken', story.headline.exact));
      }
      return filled(element('p', 'headline'), value);
    }

    function figures(rows) {
      const list = element('dl', 'figures');
      rows.forEach(function (row) {
        const cell = filled(element('div', 'figure'), element('dt', 'label', row.label), hinted(element('dd', 'amount', row.text), row.hint));
        cell.setAttribute('data-ltvw-figure', row.name);
        list.append(cell);
      });
      return list;
    }

    function range(given) {
      const bar = element('div', 'range');
      const band = element('i', 'reach');
      const mark = element('u', 'mark');
      band.style.left = (given.from * 100).toFixed(1) + '%';
      band.style.width = ((given.to - given.from) * 100).toFixed(1) + '%';
      mark.style.left = (given.at * 100).toFixed(1) + '%';
      bar.setAttribute('aria-hidden', 'true');
      return filled(bar, given.isOrNone && element('i', 'none'), band, mark);
    }

    function expected(given) {
      const box = element('div', given.isMissing ? 'expected expected_missing' : 'expected');
      box.setAttribute('data-ltvw-key', 'expected');
      return filled(box,
        element('p', 'label', given.label),
        hinted(element('p', 'amount', given.text), given.hint),
        given.bar && range(given.bar),
        element('p', 'small', given.ends),
        given.next && hinted(element('p', 'small', given.next.text), given.next.hint),
        given.note && element('p', 'small', given.note));
    }

    function lifecycle(given) {
      const icons = { new: 'new', active: 'good', slipping: 'watch', dormant: 'dormant', lost: 'risk' };
      const box = element('div', 'state state_' + given.tone);
      box.setAttribute('data-ltvw-key', 'lifecycle');
      box.setAttribute('data-ltvw-lifecycle', given.state);
      return filled(box, dom.icon(icons[given.state] || 'quiet'), filled(element('div', 'words'),
        given.title && element('strong', 'strong', given.title + '. '),
        given.text && document.createTextNode(given.text + ' '),
        given.chance && document.createTextNode(given.chance + ' '),
        given.grade && document.createTextNode(given.grade)));
    }

    function warning(given) {
      const words = filled(element('div', 'words'), given.title && element('strong', 'strong', given.title + '. '), document.createTextNode(given.text));
      const box = filled(element('div', 'warning warning_' + given.tone), dom.icon(given.tone), words);
      box.setAttribute('data-ltvw-key', 'warning');
      if (given.retry) {
        words.append(document.createTextNode(' '), dom.button(given.retry, 'data-ltvw-retry'));
      }
      return box;
    }

    function link(text, address) {
      const made = element('a', 'support', text);
      made.href = address;
      made.target = '_blank';
      made.rel = 'noopener noreferrer';
      made.referrerPolicy = 'no-referrer';
      return made;
    }

    function parts(story, around) {
      const box = element('div', 'parts');
      box.setAttribute('data-ltvw-key', 'parts');
      story.parts.forEach(function (part) { box.append(unfold(part, around.unfolded.indexOf(part.name) >= 0)); });
      return story.parts.length ? box : null;
    }

    function valued(story, around) {
      return [
        story.owner && element('p', 'owner', story.owner),
        head(story),
        headline(story),
        story.factors && hinted(element('p', 'factors', story.factors.text), story.factors.hint)
      ].concat(story.notes.map(function (note) { return element('p', 'note', note); }), [
        story.figures.length > 0 && figures(story.figures),
        story.expected && expected(story.expected),
        story.lifecycle && lifecycle(story.lifecycle),
        story.warning && warning(story.warning),
        parts(story, around),
        story.analytics && around.analytics && filled(element('p', 'small small_apart'), link(story.analytics, around.analytics))
      ]);
    }

    function helpAddress(address) {
      return address.indexOf('@') > 0 && address.indexOf('/') < 0 ? 'mailto:' + address : address;
    }

    function message(story, around) {
      const actions = filled(element('div', 'actions'),
        story.retry && dom.button(story.retry, 'data-ltvw-retry'),
        story.needsSupport && around.address && link(around.words, helpAddress(around.address)));
      const title = filled(element('p', 'title'), dom.icon(story.tone), element('span', '', story.title));
      return [
        story.owner && element('p', 'owner', story.owner),
        filled(element('div', 'message message_' + story.tone), title, element('p', 'text', story.text), actions.childNodes.length > 0 && actions),
        story.warning && warning(story.warning),
        parts(story, around)
      ];
    }

    // Bars where the numbers will stand.
    function loading(story, around) {
      const list = element('div', 'figures');
      const rows = element('div', 'parts');
      for (let i = 0; i < 4; i += 1) {
        list.append(filled(element('div', 'figure'), element('div', 'label', '\u00a0'), element('div', 'amount', '\u00a0')));
      }
      for (let i = 0; i < USUAL_PARTS; i += 1) {
        rows.append(filled(element('div', 'part'), element('div', 'summary', '\u00a0')));
      }
      const drawn = [
        head(story), element('p', 'headline', '\u00a0'), element('p', 'factors', '\u00a0'), list,
        element('div', 'expected'), element('div', 'state state_new state_waiting'), rows
      ].concat(around.analytics && around.isAdmin ? element('p', 'small small_apart', '\u00a0') : []);
      drawn.slice(1).forEach(function (part) { part.setAttribute('aria-hidden', 'true'); });
      return drawn;
    }

    // What a screen reader hears by itself: that it loads, and a headline or a message that is new.
    function status(story) {
      const line = element('span', 'spoken', story.spoken);
      line.setAttribute('role', 'status');
      return line;
    }

    /**
     * @param {Element} root the widget's block
     * @param story what lib/story.js tells
     * @param around {title, address, words, analytics, isAdmin, unfolded, height}: the block's name, where help and analytics are
     *   found, for whom, what is unfolded, and how high the last card was, or 0
     */
    return function paint(root, story, around) {
      const draw = { loading: loading, valued: valued, message: message }[story.mode];
      const hadFocus = root.contains(document.activeElement);
      root.className = 'ltvw ltvw_' + story.mode;
      root.setAttribute('role', 'region');
      root.setAttribute('aria-label', around.title);
      root.setAttribute('aria-busy', String(story.mode === 'loading'));
      root.setAttribute('data-ltvw-state', story.kind || story.mode);
      root.style.minHeight = story.mode === 'loading' && around.height ? around.height + 'px' : '';
      patch(root, [status(story)].concat(draw(story, around)).filter(Boolean));
      if (hadFocus && !root.contains(document.activeElement)) {
        // A pressed button that vanishes must not throw a keyboard user to the top of the page.
        root.tabIndex = -1;
        root.focus();
      }
    };
  };
});
