import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import type { Sample } from "../../src/domain/sample.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { newSample } from "../storage/helpers.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { runtime } from "../support/run-project.ts";

const LABELS = 120;
const WRONG = 3;
const WIDE: BrowserContextOptions = { locale: "en", viewport: { width: 1280, height: 860 } };
const PHONE: BrowserContextOptions = { locale: "en", viewport: { width: 390, height: 800 }, hasTouch: true };

describeNeeding(TEST_NEEDS.chromium, "grid review", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];
  /** Drawings of ones that are labelled 7. The model read them as what they are, so they come first. */
  let wrong: string[];
  let before: string;

  /** Label, state and review of every sample, by its id. */
  async function stored(): Promise<Map<string, [string | null, string, string | null]>> {
    const response = await fetch(`${server.url}/api/v1/samples?limit=200`);
    const { samples } = (await response.json()) as { samples: Sample[] };
    return new Map(samples.map(({ id, label, state, review }) => [id, [label, state, review.state]]));
  }
  const whole = async () => JSON.stringify([...(await stored())]);
  const said = (text: string) => page.locator("#grid-said").getByText(text).waitFor();
  const cells = () => page.locator(".grid-cell input");
  const marked = (text: string) => page.locator("#grid-marked").getByText(text, { exact: true }).waitFor();

  async function open(options: BrowserContextOptions, path = "/label/grid?label=7"): Promise<void> {
    page = await browser.newPage({ ...options, reducedMotion: "reduce" });
    problems = problemsOf(page);
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(server.url + path);
    if (options.javaScriptEnabled !== false) await page.locator('html[data-ready="true"]').waitFor();
  }
  const shifts = () => page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    const store = await openProjectStore(runtime, await loadProject(runtime, { dir: project.dir }));
    const outcomes = await store.samples.insertMany(
      Array.from({ length: LABELS }, (_, i) => {
        const digit = i % 40 === 20 ? 1 : 7;
        const drawing = drawingOf(digit, i + 1);
        return newSample({ drawing, label: "7", predicted: String(digit), confidence: 0.9, writer: "ann" });
      }),
    );
    const samples = await Promise.all(
      outcomes.map((outcome) => store.samples.get("id" in outcome ? outcome.id : "")),
    );
    wrong = samples.flatMap((sample) => (sample?.predicted === "1" ? [sample.id] : []));
    await store.close();
    server = await startServer(project);
    before = await whole();
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("by keyboard alone, three odd drawings get their label, the page is confirmed, and an undo restores it", async () => {
    await open(WIDE);
    expect(wrong).toHaveLength(WRONG);
    expect(await cells().count()).toBe(100);
    // The first drawing has the focus: one key is its label.
    await page.keyboard.press("1");
    await marked("1 marked");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await marked("3 marked");
    await page.keyboard.press("Enter");
    await page.locator("#grid-ask[open]").waitFor();
    await page.getByText("1 of 2", { exact: true }).waitFor();
    // Nothing is stored while it asks, and Escape leads back with all marks.
    await page.keyboard.press("Escape");
    await marked("3 marked");
    expect(await whole()).toBe(before);
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
    await page.getByText("2 of 2", { exact: true }).waitFor();
    await page.keyboard.press("1");
    await said("Confirmed: 97. Changed: 3.");

    const after = await stored();
    expect(wrong.map((id) => after.get(id))).toEqual(wrong.map(() => ["1", "labelled", "confirmed"]));
    const others = [...after].filter(([id]) => !wrong.includes(id)).map(([, [, , review]]) => review);
    expect(others.filter((review) => review === "confirmed")).toHaveLength(97);
    expect(others.filter((review) => review === null)).toHaveLength(20);
    // The next page, which nobody has marked or confirmed.
    expect(await cells().count()).toBe(20);
    await marked("0 marked");
    expect(page.url()).toBe(`${server.url}/label/grid?label=7`);

    await page.keyboard.press("u");
    await said("Undone. As before: 100.");
    expect(await whole()).toBe(before);
    expect(await cells().count()).toBe(100);
    await page.keyboard.press("u");
    await said("nothing to undo here");
    expect(await shifts()).toEqual([]);
    expect(problems).toEqual([]);
  }, 90_000);

  test("two pages are stored and undone one after the other; Enter on the last one says that the class is done", async () => {
    await open(WIDE);
    await page.keyboard.press("Enter");
    await said("Confirmed: 100.");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Every label 7 is confirmed" }).waitFor();
    expect([...(await stored()).values()].every(([, , review]) => review === "confirmed")).toBe(true);
    await page.keyboard.press("Control+z");
    await said("Undone. As before: 20.");
    await page.keyboard.press("Control+z");
    await said("Undone. As before: 100.");
    expect(await whole()).toBe(before);
    expect(problems).toEqual([]);
  }, 90_000);

  test("x, Backspace, ranges and Escape mark and clear; what is left to review waits in the label queue", async () => {
    await open(WIDE);
    await page.keyboard.press("x");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Backspace");
    await marked("2 marked");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await marked("4 marked");
    await page.keyboard.press("Escape");
    await marked("0 marked");
    await page.keyboard.press("Home");
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor();
    await page.keyboard.press("x");
    await page.keyboard.press("h");
    await page.locator("#help[open]").waitFor({ state: "detached" });
    await marked("0 marked");
    // The mouse marks, and with Shift a range.
    await cells().nth(0).click();
    await cells()
      .nth(2)
      .click({ modifiers: ["Shift"] });
    await marked("3 marked");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Leave the remaining 3 to review" }).click();
    await said("Confirmed: 97. Left to review: 3.");
    const after = await stored();
    expect(wrong.map((id) => after.get(id))).toEqual(wrong.map(() => ["7", "labelled", "suspect"]));
    await page.goto(`${server.url}/label`);
    await page.getByText("Someone marked it as odd in the grid").waitFor();
    expect(problems).toEqual([]);
  }, 90_000);

  test("a page that has changed in the meantime names what it leaves, and a server that is gone loses no marks", async () => {
    await open(WIDE);
    await fetch(`${server.url}/api/v1/samples/${wrong[0]}`, {
      method: "PATCH",
      body: JSON.stringify({ label: "2" }),
      headers: { "content-type": "application/json" },
    });
    await page.keyboard.press("Shift+ArrowRight");
    await marked("2 marked");
    await page.route("**/label/grid", (route) => route.abort());
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Leave the remaining 2 to review" }).click();
    await said("Try again");
    await marked("2 marked");
    await page.unroute("**/label/grid");
    await page.keyboard.press("Enter");
    await said("Changed in the meantime, and so left as they are: 1.");
    expect((await stored()).get(wrong[0]!)).toEqual(["2", "labelled", null]);
  }, 90_000);

  test("nothing is confirmed while its drawings have not arrived", async () => {
    page = await browser.newPage(WIDE);
    await page.route("**/samples/sprite.png*", (route) => route.abort());
    await page.goto(`${server.url}/label/grid?label=7`);
    await page.locator('html[data-ready="true"]').waitFor();
    await said("The drawings have not arrived");
    await page.keyboard.press("Enter");
    await page.locator("#grid-store").click();
    await said("The drawings have not arrived");
    expect(await whole()).toBe(before);
  }, 60_000);

  test("a phone marks by touch, decides in the dialog, confirms and undoes; nothing moves, and every target is 44 px", async () => {
    await open(PHONE);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    const tops = await cells().evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().top));
    expect(tops.filter((top) => top === tops[0])).toHaveLength(6);
    const small = await page
      .locator(".grid-cell, .grid button:visible, .grid a:visible")
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.5).length);
    expect(small).toBe(0);
    for (let place = 0; place < 3; place++) await page.locator(".grid-cell").nth(place).tap();
    await marked("3 marked");
    await page.locator("#grid-store").tap();
    await page.locator("#grid-ask[open]").waitFor();
    expect(await overflow()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.locator('#grid-ask [data-label="1"]').tap();
    await page.getByText("2 of 3", { exact: true }).waitFor();
    await page.locator('#grid-ask [data-do="none"]').tap();
    await page.locator('#grid-ask [data-do="withdraw"]').tap();
    await said("Confirmed: 97. Changed: 3.");
    const after = await stored();
    expect(wrong.map((id) => after.get(id)?.join(" ")).toSorted()).toEqual([
      ...[" negative ", "1 labelled confirmed", "7 rejected "],
    ]);
    await page.getByRole("button", { name: "Undo" }).tap();
    await said("Undone. As before: 100.");
    expect(await whole()).toBe(before);
    expect(await shifts()).toEqual([]);
    expect(problems).toEqual([]);
  }, 90_000);

  test("after a click on a button, the keys are about the drawing that had the focus", async () => {
    await open(WIDE);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("1");
    await marked("1 marked");
    await page.locator(".grid-bar [data-do='clear']").click();
    await marked("0 marked");
    // It stores the page, and does not clear it again.
    await page.keyboard.press("x");
    await page.keyboard.press("Enter");
    await said("Confirmed: 99. Changed: 1.");
    expect(problems).toEqual([]);
  }, 60_000);

  test("on a phone held sideways, the button is in the window, and a row of drawings", async () => {
    await open({ locale: "en", viewport: { width: 844, height: 390 }, hasTouch: true });
    const bar = (await page.locator(".grid-bar").boundingBox())!;
    expect(bar.y + bar.height).toBeLessThanOrEqual(390);
    const row = await page.locator(".grid-cell").first().boundingBox();
    expect(row!.y).toBeGreaterThanOrEqual(0);
    expect(row!.y + row!.height).toBeLessThanOrEqual(bar.y);
    const small = await page
      .locator(".grid-cell, .grid button:visible, .grid a:visible")
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.5).length);
    expect(small).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(await shifts()).toEqual([]);
  }, 60_000);

  test("without JavaScript, a form marks and stores the page, and another asks about the marked", async () => {
    await open({ ...WIDE, javaScriptEnabled: false });
    const picture = await page
      .locator(".grid-ink")
      .first()
      .evaluate((ink) => getComputedStyle(ink).backgroundImage);
    expect(picture).toContain("/samples/sprite.png");
    await cells().nth(0).check();
    await page.getByRole("button", { name: "Confirm 100" }).click();
    await page.getByRole("heading", { name: "What are the marked drawings?" }).waitFor();
    await page.getByLabel("Decision about drawing 1").selectOption("label:1");
    await page.getByRole("button", { name: "Store, and confirm the others" }).click();
    await said("Confirmed: 99. Changed: 1.");
    await page.getByRole("button", { name: "Undo" }).click();
    await said("Undone. As before: 100.");
    expect(await whole()).toBe(before);
  }, 90_000);
});
