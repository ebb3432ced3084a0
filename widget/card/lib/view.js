// Draws a story into the widget's own block. What stands while the numbers load has places of fixed height and keeps them
// whatever comes; what not every client has (notes, warnings, parts that unfold) comes below all of that.
define([], function () {
  'use strict';

  const BLANK = '\u00a0';

  /** @param explain see lib/explain.js */
  return function createView(dom, explain, unfold, patch) {
    const element = dom.element;
    const filled = dom.filled;
    const hinted = dom.hinted;

    // The same place before and after the numbers come, and never another's: nothing turns into something else.
    function keyed(made, key) {
      made.setAttribute('data-ltvw-key', key);
      return made;
    }

    function tierChip(tier, open) {
      const dot = element('span', 'dot');
      if (/^#[0-9a-f]{6}$/i.test(tier.color || '')) {
        dot.style.backgroundColor = tier.color;
      }
      return explain.opens(filled(hinted(element('button', 'tier'), tier.hint), dot, element('span', 'cut', tier.text)), 'tier', open);
    }

    function head(story, open) {
      const label = filled(element('span', 'label'), story.mode === 'loading' ? story.label : explain.label(story.label, 'ltv', open));
      return keyed(filled(element('div', 'head'), label, story.tier && tierChip(story.tier, open)), 'head');
    }

    function owner(text) {
      return keyed(element('p', 'owner', text), 'owner');
    }

    function basis(text) {
      return keyed(hinted(element('p', 'basis cut', text), text), 'basis');
    }

    function factors(given) {
      return keyed(hinted(element('p', 'factors cut', given ? given.text : BLANK), given && given.hint), 'factors');
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
      return keyed(filled(element('p', 'headline'), value), 'headline');
    }

    function figures(rows, open) {
      const list = keyed(element('dl', 'figures'), 'figures');
      rows.forEach(function (row) {
        const name = filled(element('dt', 'label'), explain.label(row.label, row.name, open));
        const cell = filled(element('div', 'figure'), name, hinted(element('dd', 'amount cut', row.text), row.hint));
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

    function next(given, open) {
      const line = hinted(element('p', 'small next'), given.hint);
      return given.label ? filled(line, explain.label(given.label, 'next', open), ': ' + given.text) : filled(line, given.text);
    }

    function expected(given, open) {
      return filled(keyed(element('div', given.isMissing ? 'expected expected_missing' : 'expected'), 'expected'),
        filled(element('p', 'label'), explain.label(given.label, 'expected', open)),
        hinted(element('p', 'amount cut', given.text), given.hint),
        given.bar && range(given.bar),
        element('p', 'small', given.ends),
        given.next && next(given.next, open));
    }

    function lifecycle(given, open) {
      const icons = { new: 'new', active: 'good', slipping: 'watch', dormant: 'dormant', lost: 'risk' };
      const box = keyed(element('div', 'state state_' + given.tone), 'lifecycle');
      box.setAttribute('data-ltvw-lifecycle', given.state);
      return filled(box, dom.icon(icons[given.state] || 'quiet'), filled(element('div', 'words'),
        given.title && filled(element('strong', 'strong'), explain.label(given.title, 'lifecycle', open), '. '),
        given.text && given.text + ' ',
        given.chance && explain.label(given.chance.label, 'chance', open),
        given.chance && ': ' + given.chance.value + '. ',
        given.grade));
    }

    function warning(given, around) {
      const words = filled(element('div', 'words'), given.title && element('strong', 'strong', given.title + '. '), document.createTextNode(given.text));
      const box = filled(element('div', 'warning warning_' + given.tone), dom.icon(given.tone), words);
      keyed(box, 'warning');
      if (given.retry) {
        words.append(document.createTextNode(' '), dom.button(given.retry, 'data-ltvw-retry'));
      }
      if (given.needsSupport && around.address) {
        words.append(document.createTextNode(' '), link(around.words, helpAddress(around.address)));
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
      const box = keyed(element('div', 'parts'), 'parts');
      const open = story.explained ? story.explained.name : '';
      story.parts.forEach(function (part) { box.append(unfold(part, around.unfolded.indexOf(part.name) >= 0, open)); });
      return story.parts.length ? box : null;
    }

    function valued(story, around) {
      const open = story.explained ? story.explained.name : '';
      return [
        story.owner && owner(story.owner),
        head(story, open),
        headline(story),
        basis(story.basis),
        factors(story.factors),
        figures(story.figures, open),
        story.expected && expected(story.expected, open),
        story.lifecycle && lifecycle(story.lifecycle, open)
      ].concat(story.notes.map(function (note) { return keyed(element('p', 'note', note), 'note'); }), [
        story.warning && warning(story.warning, around),
        parts(story, around),
        story.analytics && around.analytics && keyed(filled(element('p', 'small small_apart'), link(story.analytics, around.analytics)), 'analytics'),
        explain.panel(story.explained)
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
        story.owner && owner(story.owner),
        keyed(filled(element('div', 'message message_' + story.tone), title, element('p', 'text', story.text), actions.childNodes.length > 0 && actions), 'message'),
        story.warning && warning(story.warning, around),
        parts(story, around)
      ];
    }

    // Bars where the numbers will stand, and room for what comes below them.
    function loading(story, around) {
      const list = keyed(element('dl', 'figures'), 'figures');
      for (let i = 0; i < 4; i += 1) {
        list.append(filled(element('div', 'figure'), element('dt', 'label', BLANK), element('dd', 'amount', BLANK)));
      }
      const waiting = [
        keyed(element('p', 'headline', BLANK), 'headline'), basis(BLANK), factors(null), list,
        keyed(element('div', 'expected'), 'expected'), keyed(element('div', 'state state_new state_waiting'), 'lifecycle'),
        keyed(element('div', around.analytics && around.isAdmin ? 'room room_link' : 'room'), 'room')
      ];
      waiting.forEach(function (part) { part.setAttribute('aria-hidden', 'true'); });
      return [story.hasOwner && owner(BLANK), head(story, '')].concat(waiting);
    }

    // What a screen reader hears by itself: that it loads, and a headline or a message that is new.
    function status(story) {
      const line = keyed(element('span', 'spoken', story.spoken), 'status');
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
      explain.place(root);
      if (hadFocus && !root.contains(document.activeElement)) {
        // A pressed button that vanishes must not throw a keyboard user to the top of the page.
        root.tabIndex = -1;
        root.focus();
      }
    };
  };
});
