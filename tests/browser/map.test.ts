import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { MapPoints, type PointColumns } from "../../views/assets/map/points.ts";
import { fitted, type Point, toScreen } from "../../views/assets/map/viewport.ts";
import { newSample } from "../storage/helpers.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { runtime } from "../support/run-project.ts";
import { handDrawing } from "../support/unseen-hands.ts";

/** Six of each digit; of these, one is labelled as the next digit. */
const DRAWINGS = 60;
const WRONG = 33;

describeNeeding(TEST_NEEDS.chromium, "the map of the drawings", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir: project.dir }));
    await store.samples.insertMany(
      Array.from({ length: DRAWINGS }, (_, i) =>
        newSample({
          drawing: handDrawing(i % 10, 700_000 + i),
          label: String(i === WRONG ? (i + 1) % 10 : i % 10),
          writer: "ann",
        }),
      ),
    );
    await store.close();
    server = await startServer(project);
    const first = await browser.newPage({ locale: "en" });
    const found = problemsOf(first);
    await first.goto(`${server.url}/samples`);
    await first.getByRole("link", { name: "Map", exact: true }).click();
    await first.getByText("There is no map yet").waitFor();
    await first.getByRole("button", { name: "Make the map" }).click();
    // The page shows the map once its run is done.
    await first.getByText(`All ${DRAWINGS} drawings`).waitFor({ timeout: 60_000 });
    expect(found).toEqual([]);
    await first.close();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });
  beforeEach(async () => {
    page = await open({ viewport: { width: 1280, height: 1100 } });
    problems = problemsOf(page);
  }, 30_000);

  async function open(options: Parameters<Browser["newPage"]>[0]): Promise<Page> {
    const opened = await browser.newPage({ locale: "en", ...options });
    await opened.goto(`${server.url}/samples/map`);
    await opened.locator('html[data-ready="true"]').waitFor();
    return opened;
  }

  async function points(): Promise<MapPoints> {
    return new MapPoints((await (await fetch(`${server.url}/samples/map/points`)).json()) as PointColumns);
  }

  /** The corners around all points of a label, on the page, and the ids of everything between them. */
  async function around(on: Page, label: string): Promise<{ corners: Point[]; ids: string[] }> {
    const all = await points();
    await on.locator("#map").scrollIntoViewIfNeeded();
    const box = (await on.locator("#map canvas").boundingBox())!;
    const view = fitted(box);
    const places = Array.from({ length: all.n }, (_, i) => toScreen(view, all.at(i)));
    const own = places.filter((_, i) => all.labels[all.label(i)] === label);
    const [xs, ys] = [own.map(({ x }) => x), own.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs) - 6, Math.max(...xs) + 6];
    const [top, bottom] = [Math.min(...ys) - 6, Math.max(...ys) + 6];
    const corners = [
      ...[
        { x: left, y: top },
        { x: right, y: top },
        { x: right, y: bottom },
      ],
      ...[
        { x: left, y: bottom },
        { x: left, y: top + 1 },
      ],
    ].map(({ x, y }) => ({ x: box.x + x, y: box.y + y }));
    const ids = places.flatMap(({ x, y }, i) =>
      x > left && x < right && y > top && y < bottom ? [all.id(i)] : [],
    );
    return { corners, ids };
  }

  async function lasso(on: Page, corners: readonly Point[]): Promise<void> {
    const [first, ...others] = corners;
    await on.mouse.move(first!.x, first!.y);
    await on.mouse.down();
    for (const { x, y } of others) await on.mouse.move(x, y, { steps: 5 });
    await on.mouse.up();
  }

  const announced = (on: Page, words: string | RegExp) => on.locator("#map-live").getByText(words).waitFor();
  const labelOf = async (id: string) =>
    ((await (await fetch(`${server.url}/api/v1/samples/${id}`)).json()) as { label: string | null }).label;
  const countOf = (on: Page, label: string) =>
    on.locator(`[data-map="label"]:has(b:text-is("${label}")) .map-count`).textContent();

  test("a lasso by mouse selects what is inside; relabelling changes exactly that, the map at once, and undo all of it", async () => {
    const { corners, ids } = await around(page, "7");
    expect(ids.length).toBeGreaterThanOrEqual(5);
    expect(ids.length).toBeLessThan(DRAWINGS);
    const before = await Promise.all(ids.map(labelOf));
    await lasso(page, corners);
    await announced(page, `${ids.length} selected`);
    const cells = page.locator('#sheet .cell[aria-selected="true"]');
    expect(await cells.count()).toBe(ids.length);
    expect((await cells.evaluateAll((all) => all.map((one) => one.dataset.id))).toSorted()).toEqual(
      ids.toSorted(),
    );
    const elsewhere = Number(await countOf(page, "1")) - before.filter((label) => label === "1").length;
    await page.getByLabel("Label", { exact: true }).selectOption("1");
    await page.getByRole("button", { name: "Change label" }).click();
    await page.locator("#sheet-said").getByText("Labelled 1:").waitFor();
    expect(new Set(await Promise.all(ids.map(labelOf)))).toEqual(new Set(["1"]));
    expect(await countOf(page, "1")).toBe(String(elsewhere + ids.length));
    await page.locator("#sheet-said").getByRole("button", { name: "Undo" }).click();
    await page.locator("#sheet-said").getByText("undone").waitFor();
    expect(await Promise.all(ids.map(labelOf))).toEqual(before);
    expect(await countOf(page, "1")).toBe(String(elsewhere + before.filter((label) => label === "1").length));
    expect(problems).toEqual([]);
    await page.close();
  }, 60_000);

  test("the keyboard moves and sizes a box, selects what is in it, and a class's key labels it", async () => {
    const all = (await points()).n;
    await page.locator('[data-map="label"]').first().focus();
    await page.locator("#map").focus();
    await page.keyboard.press("ArrowRight");
    await announced(page, /^In the box: \d+\./);
    await page.keyboard.press("ArrowLeft");
    for (let i = 0; i < 45; i++) {
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowDown");
    }
    await announced(page, new RegExp(`^In the box: ${all}\\.`));
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Shift+ArrowUp");
    }
    await page.keyboard.press("Enter");
    await page
      .locator("#map-live")
      .getByText(/There is no drawing inside|\d+ selected/)
      .waitFor();
    for (let i = 0; i < 45; i++) {
      await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("Shift+ArrowDown");
    }
    await page.keyboard.press("Enter");
    await announced(page, `${all} selected`);
    // All but one are cleared, which then gets a label and, by undo, its own again.
    await page.keyboard.press("Escape");
    expect(await page.locator("#sheet-bar").isVisible()).toBe(false);
    const cell = page.locator("#sheet .cell").first();
    const [id, label] = [await cell.getAttribute("data-id"), await cell.getAttribute("data-label")];
    const other = label === "4" ? "5" : "4";
    await cell.click();
    await page.locator("#map").focus();
    await page.keyboard.press(other);
    await page.locator("#sheet-said").getByText(`Labelled ${other}: 1.`).waitFor();
    expect(await labelOf(id!)).toBe(other);
    await page.keyboard.press("Control+z");
    await page.locator("#sheet-said").getByText("undone").waitFor();
    expect(await labelOf(id!)).toBe(label);
    expect(problems).toEqual([]);
    await page.close();
  }, 90_000);

  test("a finger draws a lasso, moves the map when told to, and two zoom it; nothing is wider than the window", async () => {
    const phone = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const found = problemsOf(phone);
    const devtools = await phone.context().newCDPSession(phone);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: Point[]) =>
      devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    const { corners, ids } = await around(phone, "0");
    const finger = async () => {
      await touch("touchStart", corners[0]!);
      for (const [n, to] of corners.entries()) {
        const from = corners[Math.max(0, n - 1)]!;
        for (const t of [0.25, 0.5, 0.75, 1])
          await touch("touchMove", { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t });
      }
      await touch("touchEnd");
    };
    await finger();
    await announced(phone, `${ids.length} selected`);
    await phone.keyboard.press("Escape");
    await phone.getByRole("button", { name: "Move", exact: true }).tap();
    const picture = () => phone.locator("#map canvas").screenshot();
    const still = await picture();
    await finger();
    expect(await phone.locator("#sheet-bar").isVisible()).toBe(false);
    expect((await picture()).equals(still)).toBe(false);
    await phone.getByRole("button", { name: "Whole map" }).tap();
    const box = (await phone.locator("#map canvas").boundingBox())!;
    const at = (dx: number): Point => ({ x: box.x + box.width / 2 + dx, y: box.y + box.height / 2 });
    const whole = await picture();
    await touch("touchStart", at(-30), at(30));
    for (const d of [40, 60, 90]) await touch("touchMove", at(-d), at(d));
    await touch("touchEnd");
    expect((await picture()).equals(whole)).toBe(false);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    expect(found).toEqual([]);
    await phone.close();
    await page.close();
  }, 60_000);

  test("a point shows its drawing and leads to its page; the legend hides a label, which is then not selected", async () => {
    const { corners, ids } = await around(page, "2");
    const all = await points();
    const box = (await page.locator("#map canvas").boundingBox())!;
    const place = all.placeOf(ids[0]!)!;
    const at = toScreen(fitted(box), all.at(place));
    await page.mouse.move(box.x + at.x, box.y + at.y);
    const link = page.locator("#map-card a");
    await link.waitFor();
    expect(await page.locator("#map-card").textContent()).toMatch(/predicted|None of the labels/);
    expect(ids).toContain((await link.getAttribute("href"))!.slice("/samples/".length));
    await page.locator('[data-map="label"]:has(b:text-is("2"))').click();
    await lasso(page, corners);
    const others = ids.filter((id) => all.labels[all.label(all.placeOf(id)!)] !== "2").length;
    await announced(page, others === 0 ? "There is no drawing inside the line." : `${others} selected`);
    await link.click();
    await page.waitForURL(/\/samples\/[0-9a-f-]{36}$/);
    expect(problems).toEqual([]);
    await page.close();
  }, 60_000);

  test("without the script, the page says so and leads to the contact sheet", async () => {
    const context = await browser.newContext({ locale: "en", javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${server.url}/samples/map`);
    expect(await plain.locator("noscript").textContent()).toStartWith("The map needs JavaScript.");
    expect(await plain.locator(".map-shell").isVisible()).toBe(false);
    await plain.locator("noscript a").click();
    await plain.waitForURL(/\/samples$/);
    await context.close();
    await page.close();
  }, 60_000);
});
