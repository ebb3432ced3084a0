import { BarChart, CustomChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, DatasetComponent, GridComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { ChartLook } from './look';
import type { Picked } from './Chart';

// Loaded with the first chart alone: this is most of what the pages weigh.
echarts.use([
  LineChart, BarChart, HeatmapChart, ScatterChart, PieChart, CustomChart,
  GridComponent, TooltipComponent, VisualMapComponent, MarkLineComponent, MarkAreaComponent, MarkPointComponent, DatasetComponent, AriaComponent,
  LabelLayout, SVGRenderer,
]);

export interface Drawing {
  draw(option: EChartsOption, look: ChartLook): void;
  /** Lets the picture take the width of the paper, keeping its shape; until it is drawn again. */
  scale(): void;
  resize(): void;
  end(): void;
}

export function startDrawing(place: HTMLElement, onPick: (picked: Picked) => void): Drawing {
  const chart = echarts.init(place, null, { renderer: 'svg' });
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  chart.on('click', (event) => onPick({
    series: event.seriesName ?? '', seriesId: event.seriesId ?? '', name: event.name, index: event.dataIndex ?? -1, value: event.value,
  }));
  return {
    draw(option, look) {
      place.querySelector('svg')?.removeAttribute('viewBox');
      chart.setOption({ ...setting(look, isStill), ...option }, { notMerge: true });
    },
    scale: () => place.querySelector('svg')?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`),
    resize: () => chart.resize(),
    end: () => chart.dispose(),
  };
}

/** What every chart of the product has in common: no frame, letters of the page, a tooltip that stays inside. */
function setting(look: ChartLook, isStill: boolean): EChartsOption {
  return {
    animation: !isStill,
    animationDuration: 250,
    animationDurationUpdate: 250,
    color: [...look.series],
    textStyle: { color: look.text, fontFamily: look.font, fontSize: 12 },
    grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {},
  };
}
