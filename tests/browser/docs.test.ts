import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the help, and the line on every page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("the manual is read by its links on a phone, and nothing comes from another server", async () => {
    const page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 844 } });
    const problems = problemsOf(page);
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${server.url}/`)) elsewhere.push(request.url());
    });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.goto(`${server.url}/runs`);
    await page.getByRole("link", { name: "Help" }).click();
    await page.getByRole("link", { name: "Personal memory" }).click();
    await page.getByRole("heading", { level: 1, name: "Personal memory" }).waitFor();
    expect(await overflow()).toBe(0);
    await page.locator("article").getByRole("link", { name: "The gate" }).first().click();
    await page.getByRole("heading", { level: 1, name: "The gate" }).waitFor();
    await page.getByRole("link", { name: "Screening" }).first().click();
    expect(new URL(page.url()).hash).toBe("#screening");
    await page.getByText("Contents").click();
    await page
      .getByRole("navigation", { name: "Contents" })
      .getByRole("link", { name: "API reference" })
      .click();
    await page.getByRole("heading", { name: "Recognise a drawing" }).waitFor();
    expect(await overflow()).toBe(0);
    expect(await page.getByText("curl -X POST").first().textContent()).toContain(server.url);
    expect([problems, elsewhere]).toEqual([[], []]);
    await page.close();
  }, 30_000);

  test("the line counts a new label while the page is open, and nothing on the page moves", async () => {
    const page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 844 } });
    await page.goto(`${server.url}/runs`);
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    const strip = page.locator(".home-strip");
    const before = await strip.boundingBox();
    await strip.getByText("0 / 500").waitFor();
    const body = JSON.stringify({ ...drawingOf(3, 1), label: "3" });
    const headers = { "content-type": "application/json" };
    await fetch(`${server.url}/api/v1/samples`, { method: "POST", body, headers });
    await strip.getByText("1 / 500").waitFor();
    expect(await strip.boundingBox()).toEqual(before);
    expect(before?.height).toBe(44);
    expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);
    await page.close();
  }, 30_000);
});
