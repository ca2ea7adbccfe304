import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { templateModel } from "../support/models.ts";
import { describeNeeding } from "../support/needing.ts";
import { registerModel } from "../support/registered-model.ts";

/** Every page with a stream. */
const STREAMED = [
  "/",
  "/runs",
  "/models",
  "/models/1",
  "/models/trials",
  "/samples/map",
  "/pipelines",
  "/scheduler",
];

/** Whether somebody sees the page, as a browser says it; all pages of the tests are visible to Chromium. */
function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, "hidden", { get: () => isHidden, configurable: true });
  const state = isHidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { get: () => state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

describeNeeding(TEST_NEEDS.chromium, "many tabs", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let context: BrowserContext;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
    await registerModel(project.dir, templateModel(), { state: "candidate", gate: null });
  }, 60_000);
  beforeEach(async () => {
    await context?.close();
    context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 900 } });
    await setPaused(false);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  async function setPaused(isPaused: boolean): Promise<void> {
    const response = await fetch(`${server.url}/api/v1/scheduler/${isPaused ? "pause" : "resume"}`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: "{}" },
    });
    expect(response.ok).toBe(true);
  }

  async function open(path: string, isHidden = false): Promise<Page> {
    const page = await context.newPage();
    if (isHidden) await page.addInitScript(setHidden, true);
    await page.goto(server.url + path, { timeout: 20_000 });
    return page;
  }
  const isPausedOn = (page: Page, isPaused: boolean) =>
    page.getByText(isPaused ? /^Paused at/ : /^Last resumed at/).waitFor({ timeout: 15_000 });

  test("eight and more load and are kept up to date, on every page with a stream, while all are visible", async () => {
    const problems: [string, string[]][] = [];
    const pages: Page[] = [];
    for (const path of [...STREAMED, "/scheduler", "/scheduler"]) {
      const page = await context.newPage();
      problems.push([path, problemsOf(page)]);
      const response = await page.goto(server.url + path, { timeout: 20_000 });
      expect([path, response?.status()]).toEqual([path, 200]);
      pages.push(page);
    }
    for (const isPaused of [true, false]) {
      await setPaused(isPaused);
      await Promise.all(pages.slice(-3).map((page) => isPausedOn(page, isPaused)));
    }
    expect(problems.filter(([, found]) => found.length > 0)).toEqual([]);
  }, 120_000);

  test("that are hidden hold no stream, those opened in the background included, and each catches up", async () => {
    const pages: Page[] = [];
    for (let n = 0; n < 8; n++) {
      const page = await open("/scheduler", n % 2 === 0);
      if (n % 2 === 1) {
        await isPausedOn(page, false);
        await page.evaluate(setHidden, true);
      }
      pages.push(page);
    }
    await setPaused(true);
    const last = await open("/scheduler");
    await isPausedOn(last, true);
    for (const page of pages) {
      // It still shows what it showed when it was hidden.
      await isPausedOn(page, false);
      await page.evaluate(setHidden, false);
      await isPausedOn(page, true);
    }
  }, 120_000);

  test("that are visible side by side both follow changes, also after one of them was hidden", async () => {
    const [one, two] = [await open("/scheduler"), await open("/scheduler")];
    await setPaused(true);
    await Promise.all([one, two].map((page) => isPausedOn(page, true)));
    await two.evaluate(setHidden, true);
    await setPaused(false);
    await isPausedOn(one, false);
    await two.evaluate(setHidden, false);
    await isPausedOn(two, false);
    await setPaused(true);
    await Promise.all([one, two].map((page) => isPausedOn(page, true)));
  }, 60_000);

  test("of a server that is restarted follow it again", async () => {
    const page = await open("/scheduler");
    await isPausedOn(page, false);
    const port = Number(new URL(server.url).port);
    await server.stop();
    server = await startServer(project, {}, port);
    await setPaused(true);
    await isPausedOn(page, true);
  }, 60_000);
});
