// Draws a story into the widget's own block. Data enters the page as text only.
define([], function () {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    quiet: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M8 7.4v3.4M8 5v.1',
    watch: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M8 4.4V8l2.4 1.6',
    risk: 'M8 2.2 14.6 13.6H1.4zM8 6.6v3M8 11.6v.1',
    locked: 'M3.4 7.2h9.2v6.4H3.4zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2'
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

  function hinted(made, hint) {
    if (hint) {
      made.title = hint;
    }
    return made;
  }

  function icon(tone) {
    const drawing = document.createElementNS(SVG, 'svg');
    const line = document.createElementNS(SVG, 'path');
    drawing.setAttribute('viewBox', '0 0 16 16');
    drawing.setAttribute('class', 'ltvw__icon');
    drawing.setAttribute('aria-hidden', 'true');
    drawing.setAttribute('focusable', 'false');
    line.setAttribute('d', ICONS[tone]);
    drawing.appendChild(line);
    return drawing;
  }

  function tierChip(tier) {
    const chip = hinted(element('span', 'tier'), tier.hint);
    const dot = element('span', 'dot');
    if (/^#[0-9a-f]{6}$/i.test(tier.color || '')) {
      dot.style.backgroundColor = tier.color;
    }
    chip.append(dot, element('span', '', tier.text));
    return chip;
  }

  function head(story) {
    const row = element('div', 'head');
    row.append(element('span', 'label', story.label));
    if (story.tier) {
      row.append(tierChip(story.tier));
    }
    return row;
  }

  // The short number is for the eye, the exact one for hovering and for a screen reader.
  function headline(story) {
    const line = element('p', 'headline');
    const value = hinted(element('data', 'value'), story.headline.exact);
    value.value = story.headline.value;
    const shown = element('span', '', story.headline.text);
    value.append(shown);
    if (story.headline.exact) {
      shown.setAttribute('aria-hidden', 'true');
      value.append(element('span', 'spoken', story.headline.exact));
    }
    line.append(value);
    return line;
  }

  function figures(rows) {
    const list = element('dl', 'figures');
    rows.forEach(function (row) {
      const cell = element('div', 'figure');
      cell.setAttribute('data-ltvw-figure', row.name);
      cell.append(element('dt', 'label', row.label), hinted(element('dd', 'amount', row.text), row.hint));
      list.append(cell);
    });
    return list;
  }

  function retryButton(text) {
    const button = element('button', 'button', text);
    button.type = 'button';
    button.setAttribute('data-ltvw-retry', '');
    return button;
  }

  function warning(given) {
    const box = element('div', 'warning warning_' + given.tone);
    const words = element('div', 'words');
    if (given.title) {
      words.append(element('strong', 'strong', given.title + '. '));
    }
    words.append(document.createTextNode(given.text));
    box.append(icon(given.tone), words);
    if (given.retry) {
      words.append(document.createTextNode(' '), retryButton(given.retry));
    }
    return box;
  }

  function foot(fresh) {
    const row = element('div', 'foot');
    row.append(hinted(element('span', '', fresh.text), fresh.hint));
    if (fresh.connection) {
      const link = element('span', 'link');
      link.append(element('span', fresh.isOk ? 'dot dot_good' : 'dot dot_risk'), element('span', '', fresh.connection));
      row.append(link);
    }
    return row;
  }

  function valued(story) {
    const parts = [head(story), headline(story)];
    if (story.factors) {
      parts.push(hinted(element('p', 'factors', story.factors.text), story.factors.hint));
    }
    story.notes.forEach(function (note) { parts.push(element('p', 'note', note)); });
    if (story.figures.length) {
      parts.push(figures(story.figures));
    }
    if (story.warning) {
      parts.push(warning(story.warning));
    }
    if (story.freshness) {
      parts.push(foot(story.freshness));
    }
    return parts;
  }

  function supportLink(words, support) {
    const link = element('a', 'support', words);
    link.href = support.indexOf('@') > 0 && support.indexOf('/') < 0 ? 'mailto:' + support : support;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.referrerPolicy = 'no-referrer';
    return link;
  }

  function message(story, support) {
    const box = element('div', 'message message_' + story.tone);
    const title = element('p', 'title');
    title.append(icon(story.tone), element('span', '', story.title));
    box.append(title, element('p', 'text', story.text));
    const actions = element('div', 'actions');
    if (story.retry) {
      actions.append(retryButton(story.retry));
    }
    if (story.needsSupport && support.address) {
      actions.append(supportLink(support.words, support.address));
    }
    if (actions.childNodes.length) {
      box.append(actions);
    }
    return story.freshness ? [box, foot(story.freshness)] : [box];
  }

  // Bars where the numbers will stand: the block keeps its height when they come.
  function loading(story) {
    const parts = [head(story), element('p', 'headline', '\u00a0'), element('p', 'factors', '\u00a0')];
    const list = element('div', 'figures');
    for (let i = 0; i < 4; i += 1) {
      const cell = element('div', 'figure');
      cell.append(element('div', 'label', '\u00a0'), element('div', 'amount', '\u00a0'));
      list.append(cell);
    }
    parts.push(list, element('div', 'foot', '\u00a0'));
    parts.slice(1).forEach(function (part) { part.setAttribute('aria-hidden', 'true'); });
    return parts;
  }

  // The one thing that a screen reader hears by itself: that it loads, and a headline or a message that is new.
  function status(story) {
    const line = element('span', 'spoken', story.spoken);
    line.setAttribute('role', 'status');
    return line;
  }

  /**
   * @param {Element} root the widget's block
   * @param story what lib/story.js tells
   * @param {{address: string, words: string, title: string}} support where help is found, and the block's name
   * @param {function(Element, Array<Node>)} patch what lib/patch.js does
   */
  return function paint(root, story, support, patch) {
    const draw = { loading: loading, valued: valued, message: message }[story.mode];
    const hadFocus = root.contains(document.activeElement);
    root.className = 'ltvw ltvw_' + story.mode;
    root.setAttribute('role', 'region');
    root.setAttribute('aria-label', support.title);
    root.setAttribute('aria-busy', String(story.mode === 'loading'));
    root.setAttribute('data-ltvw-state', story.kind || story.mode);
    patch(root, [status(story)].concat(draw(story, support)));
    if (hadFocus && !root.contains(document.activeElement)) {
      // A pressed button that vanishes must not throw a keyboard user to the top of the page.
      root.tabIndex = -1;
      root.focus();
    }
  };
});
