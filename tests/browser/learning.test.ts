import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the page of what labels bring", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 844 } });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers,
    });
    return (await response.json()) as { id: string };
  };

  test("is reached from the training strip, and shows a person by keyboard alone on a phone", async () => {
    const problems = problemsOf(page);
    for (let n = 0; n < 22; n++) {
      const drawing = drawingOf(n % 10, n + 1);
      const { id } = await post("/predict", drawing);
      await post("/samples", { ...drawing, label: String(n % 10), prediction_id: id, writer: "Ann" });
    }
    await page.goto(server.url);
    await page.getByRole("link", { name: "What labels bring" }).click();
    await page.waitForURL(`${server.url}/learning`);
    await page.getByText("The learning curve has not been measured yet.").waitFor();
    await page.getByRole("heading", { name: "By class" }).waitFor();

    await page.getByLabel("Writer", { exact: true }).focus();
    await page.keyboard.type("Ann");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/learning\?writer=Ann/);
    await page.getByText(/“Ann”, the newest 22 predictions: .* misclassified/).waitFor();
    await page.locator("section", { hasText: "One person" }).locator("summary").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("rowheader", { name: "21–22" }).waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);

  test("refuses a measurement with too few labels in the run, and says so on its page", async () => {
    await page.goto(`${server.url}/learning`);
    await page.getByRole("button", { name: "Measure the learning curve" }).click();
    await page.waitForURL(/\/runs\/.+/);
    await page
      .getByText(/There are 22 labelled drawings to train on/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.goto(`${server.url}/learning`);
    await page.getByText("The learning curve has not been measured yet.").waitFor();
  }, 120_000);
});
