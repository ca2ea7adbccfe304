import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the scheduler page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project, {
      TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "2",
      TEGAKI_SERVER__SCHEDULER__APPROVAL: "run",
    });
    page = await browser.newPage({ locale: "en", viewport: { width: 390, height: 844 } });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const conditionOf = (name: string) => page.locator(`#condition-${name}`);

  test("shows live why there is no run, and a person pauses, resumes and declines on a phone", async () => {
    const problems = problemsOf(page);
    await page.goto(`${server.url}/scheduler`);
    await conditionOf("new_samples").getByText("Not met").waitFor();
    for (let n = 0; n < 3; n++) {
      const body = JSON.stringify({ ...drawingOf(n, n + 1), label: String(n) });
      const headers = { "content-type": "application/json" };
      await fetch(`${server.url}/api/v1/samples`, { method: "POST", body, headers });
    }
    await conditionOf("new_samples").getByText("Met", { exact: true }).waitFor();
    await page.getByText("A request is waiting for you").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);

    await page.getByRole("button", { name: "Pause" }).first().click();
    await page.getByLabel("Reason (optional)").fill("a fair");
    await page.locator("#scheduler-pause").getByRole("button", { name: "Pause" }).click();
    await page.getByText(/Paused at .* \(This machine\): a fair/).waitFor();
    await page.getByRole("button", { name: "Resume" }).first().click();
    await page.locator("#scheduler-pause").getByRole("button", { name: "Resume" }).click();
    await page.getByText(/Last resumed at .* \(This machine\)/).waitFor();

    await page.locator("#request-1").getByRole("button", { name: "Decline" }).first().click();
    await page.locator("#decline-1-reason").fill("not today");
    await page.keyboard.press("Enter");
    await page.locator("#request-1").getByText("not today").waitFor();
    await page.getByText("No training run is due").waitFor();

    await page.goto(server.url);
    await page.getByRole("link", { name: "Training" }).click();
    await page.waitForURL(`${server.url}/scheduler`);
    expect(problems).toEqual([]);
  }, 60_000);
});
