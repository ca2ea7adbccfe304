import { createPictures } from "../../src/graph/pictures.ts";
import { drawSite, type SiteData } from "../graph/site/site.tsx";
import { GraphPage, type GraphSite } from "./graph/page.ts";

// The pages of `tegaki viz build`: everything is rendered here, from the data in data.js.

const data = (globalThis as { tegakiGraph?: SiteData }).tegakiGraph;
if (data === undefined) throw new Error("data.js is missing next to this page");

const pictures = createPictures();
const language = document.documentElement.lang === "ja" ? "ja" : "en";

const site: GraphSite = {
  read(href) {
    const url = new URL(href, location.href);
    return url.pathname === location.pathname ? new URLSearchParams(url.hash.slice(1)) : null;
  },
  show(params) {
    history.pushState(null, "", `#${params}`);
  },
  draw: async (part, params) => drawSite(part, params, data, language, pictures),
};

const page = new GraphPage(site);
addEventListener("popstate", () => void page.open());
if (location.hash !== "") void page.open();
