/** Colours and letters of the page as a chart takes them; the same as the card's. */
export interface ChartLook {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly sunken: string;
  readonly accent: string;
  readonly forecast: string;
  readonly good: string;
  readonly watch: string;
  readonly risk: string;
  readonly none: string;
  /** For several series side by side, told apart in both themes and by the colour-blind. */
  readonly series: readonly string[];
  /** From nothing to much: the steps of a heat map. */
  readonly heat: readonly string[];
  readonly font: string;
}

export function chartLook(root: Element = document.documentElement): ChartLook {
  const style = getComputedStyle(root);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const many = (name: string, count: number) => Array.from({ length: count }, (_, index) => read(`${name}-${index + 1}`));
  return {
    text: read('text'), muted: read('muted'), line: read('line'), surface: read('surface'), sunken: read('sunken'),
    accent: read('accent'), forecast: read('forecast'), good: read('good'), watch: read('watch'), risk: read('risk'), none: read('none'),
    series: many('series', 6), heat: many('heat', 5), font: read('font'),
  };
}

/** As {@link chartLook}, on paper: in the light theme, whatever the page wears. */
export function paperLook(root: HTMLElement = document.documentElement): ChartLook {
  const worn = root.dataset['theme'];
  root.dataset['theme'] = 'light';
  const look = chartLook(root);
  root.dataset['theme'] = worn;
  return look;
}
