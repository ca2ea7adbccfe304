import { drawSite, type SiteData } from "../../../views/graph/site/site.tsx";
import { GENERATOR, SitePage, sitePath } from "../../../views/graph/site/site-page.tsx";
import { createPictures } from "../../graph/pictures.ts";
import { LANGUAGES } from "../../lib/languages.ts";

export { GENERATOR, type SiteData };

/** The first page of a static site. */
export const FIRST_PAGE = sitePath("en");

/** The files of `/assets/` that the pages of a site load. */
export const SITE_ASSETS = ["style.css", "graph-site.js", "icon.svg"] as const;

/**
 * Draws a static site of the graph: one page per language, and the script with the data that they show.
 *
 * @param builtAt ISO time.
 * @returns file contents by file name.
 */
export function drawSiteFiles(
  data: SiteData,
  { version, builtAt }: { version: string; builtAt: string },
): Record<string, string> {
  const pictures = createPictures();
  const pages = LANGUAGES.map((language) => {
    const view = drawSite("view", new URLSearchParams(), data, language, pictures);
    const page = SitePage({ language, version, builtAt, view });
    return [sitePath(language), `<!doctype html>${page}`];
  });
  // A script rather than JSON: a page opened from disk may not read other files.
  const script = `globalThis.tegakiGraph = ${JSON.stringify(data)};\n`;
  return { ...Object.fromEntries(pages), "data.js": script };
}
