import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { encode } from "fast-png";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { packArchive } from "../../src/datasets/models/model-archive.ts";
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

  const said = (text: string | RegExp) => page.locator("#sheet-said").getByText(text).waitFor();
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

  test("h opens the help and closes it, and no other key acts while it is open", async () => {
    await page.locator('html[data-ready="true"]').waitFor();
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor();
    await page.keyboard.press("x");
    expect(await page.locator("#help[open]").count()).toBe(1);
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  }, 60_000);

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
    await said("Relabelled 50 as 1: undone.");
    expect(await page.locator('.cell[data-label="1"]').count()).toBe(0);
    expect(await labelled("7")).toBe(150);
    await page.keyboard.press("Control+z");
    await said("nothing to undo here");
    await cells.nth(49).dblclick();
    await page.getByRole("heading", { name: "Label history" }).waitFor();
    expect(await page.locator("tbody tr", { hasText: "This machine" }).count()).toBeGreaterThanOrEqual(2);
    expect(problems).toEqual([]);
  }, 60_000);

  test("Ctrl+Z leaves another tab's action alone; undoing it there as well says so, and removes the button", async () => {
    await page.locator(".cell").first().focus();
    await page.keyboard.press("9");
    await said("Labelled 9: 1.");
    const other = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    await other.goto(`${server.url}/samples`);
    await other.locator('html[data-ready="true"]').waitFor();
    await other.locator(".cell").nth(5).focus();
    await other.keyboard.press("Control+z");
    await other.locator("#sheet-said").getByText("nothing to undo here").waitFor();
    expect(await labelled("9")).toBe(1);
    await page.locator("#sheet-said").getByRole("button", { name: "Undo" }).click();
    await said("Relabelled 1 as 9: undone.");
    await other.getByText("Recent changes", { exact: true }).click();
    await other.locator("#sheet-actions").getByRole("button", { name: "Undo" }).click();
    await other.locator("#sheet-said").getByText("This was already undone").waitFor();
    expect(await other.locator("#sheet-actions button").count()).toBe(0);
    await other.close();
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
    await said("Relabelled 2 as 9: undone.");
    await page.keyboard.press("Control+z");
    await said("nothing to undo here");
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
    await page.getByRole("button", { name: "Select all 50" }).click();
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

  test("a dropped zip is previewed, its three bad rows are named, imported without them, exported and undone", async () => {
    const archive = await packArchive(
      {
        "set/4/a.png": png(4, 1),
        "set/4/b.png": png(4, 2),
        "set/9/c.png": png(9, 3),
        "set/9/broken.png": Buffer.from("no image"),
        "set/9/notes.txt": Buffer.from("no image"),
        "set/ten/d.png": png(4, 4),
      },
      [],
    );
    await page.getByText("Import drawings").click();
    await page.getByLabel("Choose files").setInputFiles({
      ...{ name: "set.zip", mimeType: "application/zip", buffer: Buffer.from(archive) },
    });
    await page.getByText("Rows in trouble, which are left out: 3").waitFor();
    const preview = page.locator("#import-preview");
    const rows = await preview.locator(".import-problems li").allTextContents();
    expect(rows).toEqual([
      "set.zip, set/9/broken.png: is not a PNG",
      "set.zip, set/9/notes.txt: expected a PNG image, found another file",
      expect.stringMatching(/^set\.zip, set\/ten\/d\.png: expected a label of the classes 0, .*found "ten"/),
    ]);
    expect(await preview.textContent()).toContain("Dark on light; inverted");
    expect(await labelled("4")).toBe(0);
    await preview.getByLabel("Writer, where the file names none").fill("scanner");
    await preview.getByLabel("Writer, where the file names none").blur();
    await page.getByRole("button", { name: "Import up to 3" }).click();
    await page.getByText("Imported from set.zip: 3").waitFor();
    await page.getByText("Left out, without ink or in trouble: 3").waitFor();
    // The sheet counts them, and has them first.
    await page.getByText("Drawings: 153", { exact: true }).waitFor();
    await page.locator('.cell[data-label="9"]').first().waitFor();
    expect(await labelled("4")).toBe(2);
    expect(await labelled("9")).toBe(1);

    await page.getByRole("link", { name: "Show imported drawings" }).click();
    await page.getByText("Drawings: 3", { exact: true }).waitFor();
    await page.locator('html[data-ready="true"]').waitFor();
    await page.locator(".cell").first().click();
    await page.locator(".cell").last().click();
    await page.locator("#sheet-bar summary").click();
    await page.getByLabel("Format").selectOption("ndjson");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    const lines = (await Bun.file(await download.path()).text()).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).writer)).toEqual(["scanner", "scanner"]);

    await page.getByText("Recent changes").click();
    await page.locator("#sheet-actions").getByRole("button", { name: "Undo" }).click();
    await said(/^Imported 3 from .*: undone\.$/);
    expect(await labelled("4")).toBe(0);
    // The page no longer shows what is deleted.
    await page.getByText("Drawings: 0", { exact: true }).waitFor();
    expect(await page.locator(".cell").count()).toBe(0);
    expect(problems).toEqual([]);
  }, 60_000);
});

/** A scan of a digit, dark on light, 60 px. */
function png(digit: number, seed: number): Uint8Array {
  const { strokes } = drawingOf(digit, seed);
  const side = 60;
  const data = new Uint8Array(side * side).fill(250);
  for (const stroke of strokes) {
    for (const [n, to] of stroke.entries()) {
      const from = stroke[Math.max(0, n - 1)]!;
      for (let step = 0; step <= 40; step++) {
        const at = (a: number, b: number) => Math.round(((a + ((b - a) * step) / 40) / 100) * (side - 6)) + 2;
        const [x, y] = [at(from[0], to[0]), at(from[1], to[1])];
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const)
          data[(y + dy) * side + x + dx] = 20;
      }
    }
  }
  return encode({ width: side, height: side, channels: 1, depth: 8, data });
}
