import { type FromParent, type ToParent, fromParent } from './messages';

/** The widget that has put this page into a frame: messages to and from its exact origin alone. */
export interface Parent {
  send(message: ToParent): void;
  /** Returns how to stop listening. */
  listen(listener: (message: FromParent) => void): () => void;
}

/** The address that the service has written into the page; null when the page stands alone. */
export function parentOrigin(page: Document = document): string | null {
  const written = page.querySelector<HTMLMetaElement>('meta[name="amoltv-parent"]')?.content ?? '';
  return written === '' ? null : written;
}

export function parentOf(origin: string, here: Window = window): Parent {
  return {
    send: (message) => here.parent.postMessage({ amoltv: 1, ...message }, origin),
    listen(listener) {
      const hear = (event: MessageEvent) => {
        // Another frame of the same host, or the same frame after it went elsewhere, is not the widget.
        if (event.source !== here.parent || event.origin !== origin) return;
        const message = fromParent(event.data);
        if (message !== null) listener(message);
      };
      here.addEventListener('message', hear);
      return () => here.removeEventListener('message', hear);
    },
  };
}
