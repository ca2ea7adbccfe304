import { LOOK_MS, StreamPlace } from "./stream-place.ts";

/** Elements whose contents a stream of the server replaces, by the extension `sse` of htmx. */
const STREAMED = "[hx-sse\\:connect]";

/** The part of htmx that is used here. */
declare const htmx: {
  ajax(verb: "GET", path: string, options: { source: Element }): Promise<unknown>;
};

/** The part of a stream of the extension that is used here. */
interface Connection {
  abortController: { abort(): void };
}

/**
 * Closes the streams of a page while nobody sees it, and opens them again: a browser opens six connections to a server
 * over HTTP/1.1, and all tabs share them. The extension closes a stream that is open when its page is hidden. The rest is
 * done here: a page that is hidden from the start, as a link in a new tab is, opens none, and one that is hidden while it
 * connects closes it again. A page that is visible when others have all places (`StreamPlace`) opens its stream for one
 * message every few seconds. Each message is the complete fragment, so nothing is missed.
 */
export function shareStreams(): void {
  const place = new StreamPlace();
  /** The requests of elements for their streams, until these end. */
  const requests = new WeakMap<Element, object>();
  /** Elements that have their stream; those that no longer change. */
  const [open, over] = [new WeakSet<Element>(), new WeakSet<Element>()];
  /** Between two looks of a page without a place. */
  let isResting = false;
  const isClosed = () => document.hidden || isResting;

  function follow(): void {
    if (isClosed()) return;
    for (const element of document.querySelectorAll(STREAMED)) {
      const path = element.getAttribute("hx-sse:connect");
      if (path !== null && !requests.has(element) && !over.has(element))
        void htmx.ajax("GET", path, { source: element });
    }
  }

  function rest(): void {
    isResting = true;
    setTimeout(() => {
      isResting = false;
      follow();
    }, LOOK_MS);
  }

  hear<{ ctx: object }>("htmx:before:request", (element, { ctx }, event) => {
    if (isClosed() || requests.has(element)) return event.preventDefault();
    requests.set(element, ctx);
    place.take();
  });
  hear("htmx:sse:before:connection", (_, __, event) => {
    if (isClosed()) event.preventDefault();
    else place.take();
  });
  hear<{ connection: Connection }>("htmx:sse:after:connection", (element, { connection }) => {
    open.add(element);
    if (isClosed()) connection.abortController.abort();
  });
  hear<{ connection: Connection }>("htmx:sse:after:message", (_, { connection }) => {
    if (place.take()) return;
    rest();
    connection.abortController.abort();
  });
  hear<{ reason: string }>("htmx:sse:close", (element, { reason }) => {
    open.delete(element);
    requests.delete(element);
    if (reason === "message") over.add(element);
  });
  hear<{ ctx: object }>("htmx:finally:request", (element, { ctx }) => {
    if (!open.has(element) && requests.get(element) === ctx) requests.delete(element);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) place.leave();
    else follow();
  });
  addEventListener("pagehide", () => place.leave());
  // From the history, with everything as it was.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) follow();
  });
}

/** Hears the events of streamed elements themselves, not of what is in them. */
function hear<Detail>(name: string, act: (element: Element, detail: Detail, event: Event) => void): void {
  document.addEventListener(name, (event) => {
    const { target } = event;
    if (target instanceof Element && target.matches(STREAMED))
      act(target, (event as CustomEvent<Detail>).detail, event);
  });
}
