import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { templateModel } from "../support/models.ts";
import { describeNeeding } from "../support/needing.ts";
import { registerModel } from "../support/registered-model.ts";

describeNeeding(TEST_NEEDS.chromium, "the model beside the answer on the Draw page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
    await registerModel(project.dir, templateModel(), { state: "candidate", gate: null });
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 900 } });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const promote = async (version: number) => {
    const response = await fetch(`${server.url}/api/v1/models/${version}/promote`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: '{"force":true}' },
    });
    expect(response.status).toBe(200);
  };
  const answeredBy = (words: string) =>
    page.locator("#answered-by").getByText(words, { exact: true }).waitFor({ timeout: 10_000 });

  test("follows the live one after a hot swap, on a page that stays open", async () => {
    const problems = problemsOf(page);
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
    await answeredBy("Model 1");
    await promote(2);
    await answeredBy("Model 2");

    // An answer stays the one of the version that gave it, and says which will answer next.
    await draw(page, drawingOf(7));
    await page.locator('.answer[data-state="answered"]').waitFor();
    await answeredBy("Model 2");
    const digit = await page.locator("#answer-digit").textContent();
    await promote(1);
    await answeredBy("Model 2 (model 1 is live now)");
    expect(await page.locator("#answer-digit").textContent()).toBe(digit);
    await page.keyboard.press("Space");
    await answeredBy("Model 1");
    expect(problems).toEqual([]);
  }, 60_000);

  test("is live on its own page only while it is", async () => {
    await page.goto(`${server.url}/models/1`);
    await page.locator(".tag-live").waitFor();
    await promote(2);
    await page.getByRole("button", { name: "Promote…" }).waitFor({ timeout: 10_000 });
    expect(await page.locator(".tag-live").count()).toBe(0);
  }, 60_000);
});
