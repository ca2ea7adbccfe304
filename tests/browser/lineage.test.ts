import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the pages of drawings", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    server = await startServer(project);
    for (let i = 0; i < 6; i++) {
      const { strokes, width, height } = drawingOf(i, i + 1);
      const writer = i % 2 === 0 ? "Ann Onymous" : "Bob";
      const response = await fetch(`${server.url}/api/v1/samples`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ strokes, width, height, label: String(i), writer }),
      });
      expect(response.status).toBe(201);
    }
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await browser?.close();
    await project?.remove();
  });

  test("a person is found, looked at and forgotten by clicking and by keys, on a phone; no file has a trace", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: "en" });
    const page = await context.newPage();
    const problems = problemsOf(page);
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    await page.goto(`${server.url}/samples`);
    expect(await page.locator(".cell").count()).toBe(6);
    expect(await isTooWide()).toBe(false);

    await page.getByText("More filters").click();
    await page.getByLabel("Writer", { exact: true }).fill("Ann Onymous");
    await page.keyboard.press("Enter");
    await page.waitForURL(/writer=Ann/);
    expect(await page.locator(".cell").count()).toBe(3);
    await page.locator('html[data-ready="true"]').waitFor();
    await page.locator(".cell").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Label history" }).waitFor();
    expect(await page.getByText("This machine").count()).toBe(1);
    expect(await isTooWide()).toBe(false);

    await page.getByRole("link", { name: "Forget Ann Onymous" }).click();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Forget 3 drawings" }).first().focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Forget 3 drawings" }).click();
    await page.getByText("3 drawings are forgotten").waitFor();
    expect(await isTooWide()).toBe(false);
    expect(problems).toEqual([]);
    await context.close();

    const data = join(project.dir, "data");
    const holding = readdirSync(data, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes("Ann Onymous"));
    expect(holding.map(({ name }) => name)).toEqual([]);
    expect(server.printed()).not.toContain("Onymous");
  }, 60_000);
});
