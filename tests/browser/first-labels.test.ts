import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { type Letter, letterOf } from "../support/letter-strokes.ts";
import { describeNeeding } from "../support/needing.ts";

describeNeeding(TEST_NEEDS.chromium, "the Draw page of a project without a model", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    await runCommand(project, ["init", ".", "--classes", "a,b,c"]);
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 900 } });
    problems = problemsOf(page);
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";

  test("recognises by the labelled drawings from the first of each class on, and says so", async () => {
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
    for (const letter of ["a", "b", "c"] as Letter[]) {
      await draw(page, letterOf(letter, 1));
      expect(await page.locator(".answer").getAttribute("data-state")).toBe("empty");
      await page.locator(`[data-do="label"][data-label="${letter}"]`).click();
      await page.locator("#message").getByText(`Stored as ${letter}.`).waitFor();
    }
    await page.locator('[data-model="memory"]').waitFor();
    expect(await textOf("#learning")).toContain("3 of 30 drawings");
    await draw(page, letterOf("b", 902));
    await page.locator('.answer[data-state="answered"]').waitFor();
    expect(await textOf("#answer-digit")).toBe("b");
    expect(await textOf("#answered-by")).toBe("Your labelled drawings, no model yet");
    expect(await textOf("#announce")).toContain("by your labelled drawings, no model yet");
    expect(await page.locator('[data-do="explain"]').isVisible()).toBeFalse();

    await page.locator('[data-do="accept"][aria-disabled="false"]').waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#message").getByText("Stored as b.").waitFor();
    expect(problems).toEqual([]);
  }, 120_000);
});
