import type { Parent } from '../session/parent';

/** Tells the widget how high the page is, so that the CRM's page scrolls and not the frame. Returns how to stop. */
export function tellHeight(parent: Parent, page: HTMLElement = document.body): () => void {
  let told = 0;
  const watch = new ResizeObserver(() => {
    const px = Math.ceil(page.getBoundingClientRect().height);
    if (px === told || px === 0) return;
    told = px;
    parent.send({ kind: 'height', px });
  });
  watch.observe(page);
  return () => watch.disconnect();
}
