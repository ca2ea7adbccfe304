import type { Page } from "playwright-core";

/** The scripts of pages that set `data-ready` once what they add is on the page, such as the points of the map. */
const ANNOUNCING = ["draw", "label", "grid", "queue", "samples", "map", "sample", "graph"];

/** Waits until the page is as its reader sees it: loaded, no part still loading, and its own script done. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.locator('[data-state="loading"]').waitFor({ state: "detached" });
  const scripts = await page
    .locator("script[src]")
    .evaluateAll((all) => all.map((script) => (script as HTMLScriptElement).src));
  const isAnnounced = scripts.some((src) => ANNOUNCING.some((name) => src.endsWith(`/${name}.js`)));
  if (isAnnounced) await page.locator('[data-ready="true"]').first().waitFor({ state: "attached" });
}
