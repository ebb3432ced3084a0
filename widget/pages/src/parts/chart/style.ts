import type { EChartsOption, TooltipComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import type { ChartLook } from './look';

export type { ChartLook } from './look';
export type ChartOption = EChartsOption;

/** An axis of names or months: its labels alone. */
export function nameAxis(look: ChartLook, names: readonly string[]): XAXisComponentOption & YAXisComponentOption {
  return {
    type: 'category', data: [...names],
    axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, axisLabel: { color: look.muted, fontSize: 12, hideOverlap: true },
  } as XAXisComponentOption & YAXisComponentOption;
}

/** An axis of amounts, its grid lines barely there. */
export function valueAxis(look: ChartLook, say: (value: number) => string): XAXisComponentOption & YAXisComponentOption {
  return {
    type: 'value', splitNumber: 4,
    axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.muted, fontSize: 12, formatter: (value: number) => say(value) },
  } as XAXisComponentOption & YAXisComponentOption;
}

export interface TipLine {
  readonly label: string;
  readonly value: string;
  readonly colour?: string;
}

/**
 * A tooltip whose words are text nodes: a client's name is never markup.
 *
 * @param tell Gets the index under the pointer (and of which series), gives the title and the lines; null for no tooltip.
 */
export function tooltip(look: ChartLook, trigger: 'axis' | 'item', tell: (index: number, series: string) => { title: string; lines: readonly TipLine[] } | null): TooltipComponentOption {
  return {
    trigger,
    confine: true,
    className: 'chart-tip',
    backgroundColor: look.surface,
    borderColor: look.line,
    borderWidth: 1,
    padding: 0,
    transitionDuration: 0,
    axisPointer: { type: 'line', lineStyle: { color: look.muted, type: 'dashed' } },
    formatter: (given) => {
      const first = Array.isArray(given) ? given[0] : given;
      const told = first === undefined ? null : tell(first.dataIndex, first.seriesId ?? first.seriesName ?? '');
      return told === null ? '' : tip(told.title, told.lines);
    },
  };
}

export function tip(title: string, lines: readonly TipLine[]): HTMLElement {
  const box = document.createElement('div');
  box.className = 'chart-tip__box';
  box.append(part('strong', '', title));
  for (const { label, value, colour } of lines) {
    const line = part('div', 'chart-tip__line', '');
    const mark = part('i', 'chart-tip__mark', '');
    if (colour !== undefined) mark.style.background = colour;
    line.append(mark, part('span', 'muted', label), part('b', '', value));
    box.append(line);
  }
  return box;
}

function part(tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}
