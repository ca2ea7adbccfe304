import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "labels that wait in a browser of several people", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  /** Who the pages are of from now on: the server has no accounts here, so their word is put into them. */
  let reader: string;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    server = await startServer(project, {});
    page = await browser.newPage({ locale: "en" });
    await page.route("**/", async (route) => {
      const response = await route.fetch();
      const named = `<body data-reader="${reader}" data-reader-kind="account">`;
      await route.fulfill({ response, body: (await response.text()).replace(/<body[^>]*>/, named) });
    });
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  async function openPad(): Promise<void> {
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
  }

  async function label(digit: number): Promise<void> {
    await draw(page, drawingOf(digit, 3));
    await page.locator('.answer[data-state="answered"]').waitFor();
    await page.keyboard.press(String(digit));
    await page.locator('.pad[data-ink="false"]').waitFor();
  }

  const stored = async (digit: number) =>
    JSON.parse((await runCommand(project, ["samples", "stats", "--json"])).out).byLabel[digit] ?? 0;

  test("Anna's label waits while Ben is here, who is told so and stores his own, and is sent when she is back", async () => {
    reader = "Anna";
    await openPad();
    await page.route("**/api/v1/samples", (route) => route.abort());
    await label(6);
    await page.locator("#message").getByText("1 not stored yet").waitFor();
    await page.unroute("**/api/v1/samples");
    reader = "Ben";
    await openPad();
    await page.locator("#message").getByText("A label of Anna waits in this browser.").waitFor();
    await label(3);
    await page.locator("#message").getByText("Stored as 3.").waitFor();
    expect([await stored(3), await stored(6)]).toEqual([1, 0]);
    reader = "Anna";
    const sent = page.waitForResponse("**/api/v1/samples");
    await openPad();
    expect((await sent).ok()).toBe(true);
    expect(await stored(6)).toBe(1);
  }, 60_000);
});
