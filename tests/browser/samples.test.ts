import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { newSample } from "../storage/helpers.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { runtime } from "../support/run-project.ts";

describeNeeding(TEST_NEEDS.chromium, "the contact sheet of drawings", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];

  const said = (text: string) => page.locator("#sheet-said").getByText(text).waitFor();
  const labelled = async (label: string) => {
    const { samples } = (await (
      await fetch(`${server.url}/api/v1/samples?label=${label}&limit=200`)
    ).json()) as {
      samples: unknown[];
    };
    return samples.length;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir: project.dir }));
    await store.samples.insertMany(
      Array.from({ length: 150 }, (_, i) =>
        newSample({
          drawing: drawingOf(7, i + 1),
          label: "7",
          predicted: i % 3 === 0 ? "1" : "7",
          writer: "ann",
        }),
      ),
    );
    await store.close();
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    problems = problemsOf(page);
    await page.goto(`${server.url}/samples`);
    await page.locator('html[data-ready="true"]').waitFor();
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("50 labels are changed at once by mouse, and undone at once; each drawing has it in its history", async () => {
    const cells = page.locator(".cell");
    await cells.nth(0).click();
    await cells.nth(49).click({ modifiers: ["Shift"] });
    await page.getByText("50 selected").waitFor();
    await page.getByLabel("Label", { exact: true }).last().selectOption("1");
    await page.getByRole("button", { name: "Change label" }).click();
    await said("Labelled 1: 50.");
    expect(await page.locator('.cell[data-label="1"]').count()).toBe(50);
    expect(await page.locator('.cell[aria-selected="true"]').count()).toBe(0);
    expect(await labelled("1")).toBe(50);
    await page.locator("#sheet-said").getByRole("button", { name: "Undo" }).click();
    await said("Undone, as before: 50.");
    expect(await page.locator('.cell[data-label="1"]').count()).toBe(0);
    expect(await labelled("7")).toBe(150);
    await cells.nth(49).dblclick();
    await page.getByRole("heading", { name: "Label history" }).waitFor();
    expect(await page.locator("tbody tr", { hasText: "This machine" }).count()).toBeGreaterThanOrEqual(2);
    expect(problems).toEqual([]);
  }, 60_000);

  test("the keyboard moves, selects ranges, labels, withdraws and undoes; Escape clears", async () => {
    await page.locator(".cell").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByText("16 selected").waitFor();
    await page.keyboard.press("Shift+ArrowUp");
    await page.getByText("1 selected", { exact: true }).waitFor();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("9");
    await said("Labelled 9: 2.");
    await page.keyboard.press("Control+z");
    await said("Undone, as before: 2.");
    // Without a selection, a key is about the drawing that has the focus.
    await page.keyboard.press("Backspace");
    await said("Withdrawn: 1.");
    await page.keyboard.press("Control+a");
    await page.getByText(/1[25]0 selected|All 150 that match/).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator("#sheet-bar").isVisible()).toBe(false);
    expect(problems).toEqual([]);
  }, 60_000);

  test("all that match a filter are changed, loaded or not, and the pages that follow load while scrolling", async () => {
    await page.getByLabel("Prediction is").selectOption("wrong");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("Drawings: 50", { exact: true }).waitFor();
    await page.locator('html[data-ready="true"]').waitFor();
    await page.locator(".cell").first().click();
    await page.getByRole("button", { name: "Select all 50 that match" }).click();
    await page.getByText("All 50 that match are selected").waitFor();
    await page.locator("#sheet-bar").getByRole("button", { name: "None of these" }).click();
    await said("Now none of the labels: 50.");
    await page.goto(`${server.url}/samples`);
    await page.locator(".cell").last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelectorAll(".cell").length === 150);
    expect(await page.locator('.cell[data-state="negative"]').count()).toBe(50);
    await server.stop("SIGTERM");
    const { out } = await runCommand(project, ["samples", "export"]);
    expect(out.split('"state":"negative"').length - 1).toBe(50);
    expect(problems).toEqual([]);
  }, 60_000);

  test("a phone selects by touch, its bar leaves room for the drawings, and nothing is wider than the window", async () => {
    for (const locale of ["en", "ja"]) {
      const context = await browser.newContext({
        locale,
        viewport: { width: 390, height: 800 },
        hasTouch: true,
      });
      const phone = await context.newPage();
      await phone.goto(`${server.url}/samples`);
      await phone.locator('html[data-ready="true"]').waitFor();
      await phone.locator(".cell").nth(2).tap();
      await phone.locator(".cell").nth(3).tap();
      expect(await phone.locator('.cell[aria-selected="true"]').count()).toBe(2);
      const bar = await phone.locator("#sheet-bar").boundingBox();
      expect(bar!.height).toBeLessThan(260);
      expect(await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
      await context.close();
    }
  }, 60_000);
});
