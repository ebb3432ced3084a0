// Draws the parts of the card that unfold.
define([], function () {
  'use strict';

  const WIDTH = 240;
  const HEIGHT = 56;

  return function createUnfold(dom, explain) {
    const element = dom.element;
    const filled = dom.filled;

    function at(share, size) {
      return (share * size).toFixed(1);
    }

    function path(points) {
      return points.map(function (point, index) { return (index ? 'L' : 'M') + at(point[0], WIDTH) + ' ' + at(1 - point[1], HEIGHT); }).join('');
    }

    function line(part) {
      const given = part.line;
      const chart = dom.drawing('svg', {
        viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, preserveAspectRatio: 'none', class: 'ltvw__line', role: 'img', 'aria-label': part.spoken
      });
      if (given.forecast) {
        const band = [[given.today, given.start], [1, given.forecast.high], [1, given.forecast.low]];
        chart.append(
          dom.drawing('path', { d: path(band) + 'Z', class: 'ltvw__band' }),
          dom.drawing('path', { d: path([[given.today, given.start], [1, given.forecast.atEnd]]), class: 'ltvw__ahead' }));
      }
      chart.append(
        dom.drawing('path', { d: path([[given.today, 0], [given.today, 1]]), class: 'ltvw__today' }),
        dom.drawing('path', { d: path(given.fact), class: 'ltvw__fact' }));
      return [
        chart,
        filled(element('div', 'ends'), element('span', '', part.from), element('span', '', part.to)),
        element('p', 'small', part.legend)
      ];
    }

    function named(text, figure, open) {
      return figure ? explain.label(text, figure, open) : text;
    }

    function lines(part, open) {
      const list = element('dl', 'lines');
      part.lines.forEach(function (given) {
        list.append(filled(element('div', given.isSum ? 'pair pair_sum' : 'pair'),
          filled(element('dt'), named(given.label, given.explains, open)), element('dd', given.tone ? 'number number_' + given.tone : 'number', given.value)));
      });
      return (part.lines.length ? [list] : []).concat(part.notes.map(function (note) { return element('p', 'small', note); }));
    }

    function lead(given) {
      const link = dom.hinted(element('a', 'lead', given.text), given.open);
      link.href = '/leads/detail/' + given.id;
      link.target = '_blank';
      link.rel = 'noopener';
      return filled(element('li', 'deal'),
        filled(element('div', 'pair'), link, element('span', 'number', given.amount)),
        given.reason && element('span', 'small', given.comment ? given.reason + ': ' + given.comment : given.reason));
    }

    function leads(part) {
      return part.groups.map(function (group) {
        const list = element('ul', 'deals');
        group.items.forEach(function (given) { list.append(lead(given)); });
        const more = group.rest && dom.button(group.rest, 'data-ltvw-more', group.name);
        if (more && group.isBusy) {
          more.setAttribute('aria-disabled', 'true');
        }
        const said = element('p', 'small', group.said);
        said.setAttribute('aria-live', 'polite');
        return filled(element('div', 'group'), element('p', 'label', group.title), list, more && said, more);
      });
    }

    function whatIf(part, open) {
      const choices = element('div', 'choices');
      part.choices.forEach(function (given) {
        const box = element('input', 'check');
        box.type = 'checkbox';
        box.checked = given.isChosen;
        box.setAttribute('data-ltvw-what-if', given.name);
        choices.append(filled(element('label', 'choice'), box, element('span', '', given.label)));
      });
      const label = filled(element('span', 'label'), named(part.label, 'whatIf', open));
      const result = filled(element('div', 'sum'), label, dom.hinted(element('output', 'amount', part.value), part.hint), element('span', 'small', part.note));
      result.setAttribute('aria-live', 'polite');
      return [choices, result];
    }

    function remark(part) {
      const inside = [part.earlier && element('p', 'small', part.earlier)];
      if (!part.isSent) {
        const text = element('textarea', 'field');
        const send = dom.button(part.send, 'data-ltvw-send');
        text.rows = 3;
        text.maxLength = 1000;
        text.setAttribute('data-ltvw-remark', '');
        if (part.isSending) {
          send.setAttribute('aria-disabled', 'true');
        }
        inside.push(filled(element('label', 'form'), element('span', 'small', part.label), text), send);
      }
      const said = element('p', 'small', part.said);
      said.setAttribute('aria-live', 'polite');
      inside.push(said);
      return inside;
    }

    const DRAW = { line: line, lines: lines, leads: leads, whatIf: whatIf, remark: remark };

    /** @param part what lib/parts.js tells; @param {boolean} isOpen whether the reader keeps it unfolded; @param {string} open the figure that is explained */
    return function unfold(part, isOpen, open) {
      const made = element('details', 'part');
      const head = filled(element('summary', 'summary'),
        element('span', 'name', part.title),
        filled(element('span', 'aside'), part.light && element('span', 'dot dot_' + part.light), element('span', '', part.aside)),
        dom.icon('more'));
      made.open = isOpen;
      made.setAttribute('data-ltvw-key', part.name);
      head.setAttribute('data-ltvw-unfold', part.name);
      return filled(made, head, filled.apply(null, [element('div', 'inside')].concat(DRAW[part.kind](part, open))));
    };
  };
});
