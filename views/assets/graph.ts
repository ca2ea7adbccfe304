import { graphView } from "./graph/dom.ts";
import { GraphPage, type GraphSite } from "./graph/page.ts";
import { RunEvents } from "./graph/run-events.ts";

// The Pipelines page of a server: it provides the pictures, and the events of runs live.

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

new RunEvents(`${PATH}/events`, graphView().dataset.after ?? "", page);
