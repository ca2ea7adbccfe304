import { graphView } from "./graph/dom.ts";
import { GraphPage, type GraphSite, type HeardEvent } from "./graph/page.ts";

// The Pipelines page of a server: pictures come from it, and what runs do as they do it.

const PATH = "/pipelines";

const site: GraphSite = {
  read(href) {
    const url = new URL(href, location.href);
    return url.origin === location.origin && url.pathname === PATH ? url.searchParams : null;
  },
  show(params) {
    history.pushState(null, "", `${PATH}?${params}`);
  },
  async draw(part, params) {
    const response = await fetch(`${PATH}/part/${part}?${params}`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  },
};

const page = new GraphPage(site);
addEventListener("popstate", () => void page.open());

// One stream a page, of all runs: a browser opens few at a time.
const events = new EventSource(`${PATH}/events?after=${graphView().dataset.after ?? ""}`);
events.addEventListener("message", ({ data, lastEventId }) => {
  page.hear(Number(lastEventId), JSON.parse(data) as HeardEvent);
});
addEventListener("pagehide", () => events.close());
