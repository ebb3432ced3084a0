// Places of the line of history and forecast, in shares of its box: 0 is left and below, 1 right and above.
define([], function () {
  'use strict';

  const DAY_MS = 24 * 3600 * 1000;
  const MONTH_MS = 30.44 * DAY_MS;
  // Fact is shown for at most so many horizons: else a long history would leave the forecast no room.
  const HORIZONS_BACK = 4;

  /** @returns null where there is nothing to draw, else {fact: [[x, y]], forecast: {x, y, atEnd, low, high} or null, today, from, to} */
  return function placeTimeline(card) {
    const asOf = Date.parse(card.freshness && card.freshness.asOf);
    const history = (Array.isArray(card.history) ? card.history : []).filter(function (point) { return Number.isFinite(Date.parse(point.day)); });
    if (history.length === 0 || !Number.isFinite(asOf)) {
      return null;
    }
    const forecast = card.forecast;
    const last = history[history.length - 1];
    const today = Math.max(asOf, Date.parse(last.day));
    const ahead = forecast ? forecast.months * MONTH_MS : 0;
    const first = Date.parse(history[0].day);
    const earliest = today - Math.max(ahead, 12 * MONTH_MS) * HORIZONS_BACK;
    const from = Math.max(Math.min(first, today - MONTH_MS), earliest);
    const to = today + ahead;
    const top = Math.max(last.value + (forecast ? Math.max(forecast.high, forecast.value) : 0), 1) * 1.04;

    function x(time) {
      return (time - from) / (to - from);
    }

    function y(value) {
      return Math.max(0, value / top);
    }

    const steps = [];
    let reached = 0;
    history.forEach(function (point) {
      const time = Date.parse(point.day);
      if (time > from) {
        steps.push([x(time), y(reached)], [x(time), y(point.value)]);
      }
      reached = point.value;
    });
    const before = history.filter(function (point) { return Date.parse(point.day) <= from; }).pop();
    return {
      fact: [[0, y(before ? before.value : 0)]].concat(steps, [[x(today), y(last.value)]]),
      forecast: forecast
        ? { atEnd: y(last.value + forecast.value), low: y(last.value + forecast.low * (forecast.orNone ? 0 : 1)), high: y(last.value + forecast.high) }
        : null,
      today: x(today),
      start: y(last.value),
      from: new Date(from).toISOString().slice(0, 10),
      to: new Date(to).toISOString().slice(0, 10)
    };
  };
});
