import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

const THRESHOLD = 24;
/** Timeout for training and evaluation on a busy machine. */
const LEARNING_MS = 240_000;

describeNeeding(TEST_NEEDS.chromium, "the draw page", () => {
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
    server = await startServer(project, {
      TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: String(THRESHOLD),
      TEGAKI_PARAMETERS__TUNING_EPOCHS: "1",
    });
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    problems = problemsOf(page);
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
  const answered = () => page.locator('.answer[data-state="answered"]').waitFor();
  const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? "";

  test(
    "goes from an empty directory through draw, predict, label, automatic training and gate to model 2 live",
    async () => {
      await openPad();
      for (let i = 0; i < THRESHOLD; i++) {
        // A session ends with the page. There are several, so that some drawings are held out.
        if (i > 0 && i % 6 === 0) await openPad();
        const digit = String(i % 10);
        await draw(page, drawingOf(digit, i + 1));
        await answered();
        expect(await textOf("#answered-by")).toMatch(/^Model 1( with your drawings)?$/);
        if (i === 7) {
          expect(await textOf("#answer-digit")).toBe("7");
          expect(await textOf("#answer-sure")).toMatch(/^\d+\.\d\s% confidence$/);
        }
        await page.keyboard.press(digit);
        await page.locator("#message").getByText(`Stored as ${digit}.`).waitFor();
        expect(await page.locator('.pad[data-ink="false"]').count()).toBe(1);
        if (i < THRESHOLD - 1)
          await page
            .locator("#learning")
            .getByText(`${i + 1} of ${THRESHOLD} new labels`)
            .waitFor();
      }
      await page
        .locator("#learning")
        .getByText(/Training|Evaluating|Preparing/i)
        .first()
        .waitFor();
      await page
        .locator(".news")
        .getByText(/^Model 2 is live: 9\d\.\d\s% on the MNIST test set/)
        .waitFor({ timeout: LEARNING_MS });

      await draw(page, drawingOf(5, 99));
      await answered();
      expect(await textOf("#answered-by")).toMatch(/^Model 2( with your drawings)?$/);
      expect(await textOf("#answer-digit")).toBe("5");

      await page.goto(`${server.url}/models`);
      await page.locator("#model-2").waitFor();
      expect(await textOf("#model-2")).toMatch(/live|champion/i);
      await page.goto(`${server.url}/runs`);
      expect(await textOf("tbody")).toMatch(/Done[\s\S]*tuning[\s\S]*New labels/);
      expect(problems).toEqual([]);
    },
    LEARNING_MS + 120_000,
  );

  test("Enter accepts the prediction, Backspace undoes a stroke and then the last label", async () => {
    await openPad();
    await draw(page, drawingOf(4, 2));
    await answered();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.locator('.pad[data-ink="false"]').waitFor();
    await draw(page, drawingOf(3, 2));
    await page.locator('[data-do="accept"][aria-disabled="false"]').waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#message").getByText("Stored as 3.").waitFor();
    const count = async () =>
      JSON.parse((await runCommand(project, ["samples", "stats", "--json"])).out).total;
    expect(await count()).toBe(1);
    await page.keyboard.press("Backspace");
    await page.getByRole("button", { name: "Undo 3" }).waitFor();
    await page.keyboard.press("Backspace");
    await page.locator('.pad[data-ink="true"]').waitFor();
    await page.getByRole("button", { name: "Undo 3" }).waitFor({ state: "hidden" });
    expect(await count()).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);

  test("a drawing unlike any digit is flagged: Enter does not store it, x does, and Backspace undoes it", async () => {
    await page.route("**/api/v1/predict", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), is_outlier: true } });
    });
    await openPad();
    await draw(page, drawingOf(4, 2));
    // The answer to a part of the drawing may be an outlier, too: this one is that to all of it.
    await page.locator('.answer[data-state="answered"][data-outlier="true"]').waitFor();
    await page.locator('[data-do="none"][data-answer="true"]').waitFor();
    expect(await textOf("#answer-sure")).toBe("This does not look like a digit");
    expect(await page.locator('[data-label][data-answer="true"]').count()).toBe(0);
    // An answer counts as seen two frames after it is there; until then, Enter says to wait.
    const refusal = page.locator("#message").getByText("Press the correct label, or x for none of these");
    do await page.keyboard.press("Enter");
    while (!(await refusal.isVisible()));
    expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
    await page.keyboard.press("x");
    await page.locator("#message").getByText("Stored as “none of these”.").waitFor();
    const stats = async () => JSON.parse((await runCommand(project, ["samples", "stats", "--json"])).out);
    expect(await stats()).toMatchObject({ total: 0, negatives: 1 });
    await page.locator("#learning").getByText(`0 of ${THRESHOLD} new labels`).waitFor();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await page.locator('.pad[data-ink="true"]').waitFor();
    await page.getByRole("button", { name: /^Undo \d/ }).waitFor({ state: "hidden" });
    expect(await stats()).toMatchObject({ total: 0, negatives: 0 });
    // A chosen label takes precedence over the model's doubt.
    await page.locator('.answer[data-outlier="true"]').waitFor();
    await page.keyboard.press("4");
    await page.locator("#message").getByText("Stored as 4.").waitFor();
    expect(await stats()).toMatchObject({ total: 1, negatives: 0 });
    await page.locator('[data-do="none"]').click();
    await page.locator("#message").getByText("Draw").waitFor();
    expect(problems).toEqual([]);
  }, 60_000);

  test("a label given while the server is down is kept by the page and stored when the server is back", async () => {
    await openPad();
    await draw(page, drawingOf(6, 3));
    await answered();
    const { port } = new URL(server.url);
    await server.stop("SIGKILL");
    await page.keyboard.press("6");
    await page.locator('.pad[data-ink="false"]').waitFor();
    server = await startServer(project, {}, Number(port));
    await page.locator("#message").getByText("Stored as 6.").waitFor();
    const stats = JSON.parse((await runCommand(project, ["samples", "stats", "--json"])).out);
    expect(stats.byLabel["6"]).toBe(1);
  }, 60_000);

  test("a finger on a phone draws, labels by button, and nothing needs sideways scrolling, in Japanese too", async () => {
    await page.close();
    page = await browser.newPage({
      locale: "ja",
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    problems = problemsOf(page);
    await openPad();
    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    await draw(page, drawingOf(2, 4));
    await answered();
    await page.locator('[data-answer="true"]').tap();
    await page.locator('.pad[data-ink="false"]').waitFor();
    for (const path of ["/", "/runs", "/models", "/models/1", "/nowhere"]) {
      await page.goto(server.url + path);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect([path, overflow]).toEqual([path, 0]);
    }
    expect(problems.filter((problem) => !problem.includes("404"))).toEqual([]);
  }, 60_000);
});
