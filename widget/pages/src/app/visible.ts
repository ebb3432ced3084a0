/** Of the page, in its own coordinates: from where, and how much of it, the eye sees. */
export interface VisiblePart {
  readonly top: number;
  readonly height: number;
}

/**
 * A frame that is as high as its page has no edge of a window to hold on to: what is centred in it may lie far below. The
 * browser alone knows which part of it shows, and tells whoever watches for it. The whole page where it does not.
 */
export function visiblePart(page: Element = document.documentElement): Promise<VisiblePart> {
  const whole = { top: 0, height: page.clientHeight };
  if (typeof IntersectionObserver === 'undefined') return Promise.resolve(whole);
  return new Promise((resolve) => {
    const watch = new IntersectionObserver(([seen]) => {
      watch.disconnect();
      resolve(seen !== undefined && seen.intersectionRect.height > 0 ? { top: seen.intersectionRect.top, height: seen.intersectionRect.height } : whole);
    });
    watch.observe(page);
  });
}

/** Where the eye is, or null where what is fixed stands in sight anyway: a page outside a frame. */
export function framedPart(): Promise<VisiblePart> | null {
  return document.documentElement.classList.contains('framed') ? visiblePart() : null;
}

const MARGIN = 16;

/** Puts what is fixed into that part; what is higher than it scrolls inside. */
export function placeInside(element: HTMLElement, { top, height }: VisiblePart, at: 'middle' | 'bottom'): void {
  const rest = Math.max(0, height - 2 * MARGIN - element.getBoundingClientRect().height);
  element.style.top = `${top + MARGIN + (at === 'middle' ? rest / 2 : rest)}px`;
  element.style.bottom = 'auto';
  element.style.maxHeight = `${Math.max(200, height - 2 * MARGIN)}px`;
}
