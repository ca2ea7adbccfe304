import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import type { Sample } from "../../src/domain/sample.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer, until } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { UnlabelledDrawings } from "../support/unlabelled-drawings.ts";

const DRAWINGS = 120;
const WIDE: BrowserContextOptions = { locale: "en", viewport: { width: 1280, height: 860 } };
const PHONE: BrowserContextOptions = { locale: "en", viewport: { width: 390, height: 800 }, hasTouch: true };

interface PoolDrawing {
  id: string;
  prediction: { label: string; is_none: boolean };
}

describeNeeding(TEST_NEEDS.chromium, "grid review of drawings without a label", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  /** The class that the model predicts most often, and its drawings. */
  let label: string;
  let ofClass: string[];
  let before: string;

  async function pool(): Promise<PoolDrawing[]> {
    const response = await fetch(`${server.url}/api/v1/queue/drawings?limit=200`);
    return ((await response.json()) as { drawings: PoolDrawing[] }).drawings;
  }
  async function samples(): Promise<Map<string, [string | null, string]>> {
    const response = await fetch(`${server.url}/api/v1/samples?limit=200`);
    const { samples: all } = (await response.json()) as { samples: Sample[] };
    return new Map(all.map((sample) => [sample.id, [sample.label, sample.state]]));
  }
  const asText = async () => JSON.stringify(await pool());
  const shifts = () => page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
  const cells = (one = page) => one.locator(".grid-cell input");
  const idsOn = (one: Page) =>
    cells(one).evaluateAll((all) => all.map((cell) => (cell as HTMLElement).dataset.id ?? ""));
  const said = (text: string) => page.locator("#grid-said").getByText(text).waitFor();
  const marked = (text: string) => page.locator("#grid-marked").getByText(text, { exact: true }).waitFor();

  async function open(options: BrowserContextOptions, path = `?source=unlabelled&label=${label}`) {
    context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    page = await context.newPage();
    problems = problemsOf(page);
    // The line above the page counts the new labels, and its words move.
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          for (const { node } of (entry as unknown as { sources: { node: Node | null }[] }).sources) {
            const element = node instanceof Element ? node : (node?.parentElement ?? null);
            if (element?.closest(".home-strip") == null) shifts.push(element?.outerHTML ?? "?");
          }
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${server.url}/label/grid${path}`);
    if (options.javaScriptEnabled !== false) await page.locator('html[data-ready="true"]').waitFor();
  }

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    server = await startServer(project);
    await UnlabelledDrawings.send(server, DRAWINGS);
    const usable = (await pool()).filter(({ prediction }) => !prediction.is_none);
    const byClass = Map.groupBy(usable, ({ prediction }) => prediction.label);
    const [most] = [...byClass].toSorted(([, a], [, b]) => b.length - a.length);
    label = most![0];
    ofClass = most![1].map(({ id }) => id);
    before = await asText();
  }, 90_000);
  afterEach(async () => {
    await context?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  test("by keyboard alone, two odd drawings get their answers, the others the label, and an undo puts all back", async () => {
    await open(WIDE);
    const shown = await idsOn(page);
    expect(shown.toSorted()).toEqual(ofClass.toSorted());
    expect(shown.length).toBeGreaterThanOrEqual(5);
    const other = label === "1" ? "2" : "1";
    await page.keyboard.press(other);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await marked("2 marked");
    await page
      .locator("#grid-store")
      .getByText(`Label ${shown.length - 2} as ${label}, decide 1`)
      .waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#grid-ask[open]").waitFor();
    expect(await asText()).toBe(before);
    await page.keyboard.press("x");
    await said(`Labelled: ${shown.length - 2}. Decided otherwise: 2.`);

    const stored = await samples();
    expect(stored.get(shown[0]!)).toEqual([other, "labelled"]);
    expect(stored.get(shown[1]!)).toEqual([null, "negative"]);
    expect(shown.slice(2).map((id) => stored.get(id))).toEqual(shown.slice(2).map(() => [label, "labelled"]));
    expect(stored.size).toBe(shown.length);
    expect((await pool()).length).toBe(DRAWINGS - shown.length);
    await page
      .getByRole("heading", { name: `No drawing without a label is predicted as ${label}` })
      .waitFor();

    await page.keyboard.press("u");
    await said(`Undone. Without a label again: ${shown.length}.`);
    expect(await asText()).toBe(before);
    expect(await samples()).toEqual(new Map());
    expect(await idsOn(page)).toEqual(shown);
    expect(page.url()).toBe(`${server.url}/label/grid?source=unlabelled&label=${label}`);
    expect(problems).toEqual([]);
  }, 90_000);

  test("a second browser never sees the same, until the first leaves; the queue does not either", async () => {
    await open(WIDE);
    expect(await cells().count()).toBe(ofClass.length);
    const second = await browser.newContext(WIDE);
    const theirs = await second.newPage();
    await theirs.goto(page.url());
    await theirs.getByText(`Others are labelling: ${ofClass.length}.`).waitFor();
    expect(await cells(theirs).count()).toBe(0);
    const next = await fetch(`${server.url}/api/v1/queue/next`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ labeller: "third", n: 20 }),
    });
    const { left } = (await next.json()) as { left: { leased: number } };
    expect(left.leased).toBe(ofClass.length + 20);
    await page.goto(`${server.url}/label/grid`);
    await until(
      async () => {
        await theirs.reload();
        return cells(theirs).count();
      },
      (n) => n > 0,
    );
    await second.close();
  }, 90_000);

  test("a name of the Draw page is the labeller, and what someone else has answered is named and left", async () => {
    await open(WIDE);
    const shown = await idsOn(page);
    await page.evaluate("localStorage.setItem('tegaki.writer', '田中 花子')");
    await page.reload();
    await page.locator('#grid[data-labeller="田中 花子"]').waitFor();
    await page.locator('html[data-ready="true"]').waitFor();
    expect(await idsOn(page)).toEqual(shown);
    const rival = await fetch(`${server.url}/api/v1/queue/grid/release`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ labeller: "田中 花子", drawings: [shown[0]] }),
    });
    expect(rival.status).toBe(204);
    const answered = await fetch(`${server.url}/api/v1/queue/grid`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ labeller: "bob", label: "3", accept: [shown[0]] }),
    });
    expect(answered.status).toBe(200);
    await page.keyboard.press("Enter");
    await said("Answered by someone in the meantime, and so left as they are: 1.");
    expect((await samples()).get(shown[0]!)).toEqual(["3", "labelled"]);
    const { labellers } = (await (await fetch(`${server.url}/api/v1/queue/labellers`)).json()) as {
      labellers: { labeller: string; answers: number }[];
    };
    expect(labellers.find(({ labeller }) => labeller === "田中 花子")?.answers).toBe(shown.length - 1);
  }, 90_000);

  test("without JavaScript, a form labels the page, another asks about the marked, and both are undone", async () => {
    await open({ ...WIDE, javaScriptEnabled: false });
    const n = await cells().count();
    const picture = await page
      .locator(".grid-ink")
      .first()
      .evaluate((ink) => getComputedStyle(ink).backgroundImage);
    expect(picture).toContain("/label/grid/sprite.png");
    await cells().nth(0).check();
    await page.getByRole("button", { name: `Label ${n} as ${label}` }).click();
    await page.getByLabel("Decision about drawing 1").selectOption("withdraw");
    await page.getByRole("button", { name: `Store, and label the others ${label}` }).click();
    await said(`Labelled: ${n - 1}. Decided otherwise: 1.`);
    expect((await samples()).size).toBe(n - 1);
    await page.getByRole("button", { name: "Undo" }).click();
    await said(`Undone. Without a label again: ${n}.`);
    expect(await asText()).toBe(before);
  }, 90_000);

  test("a phone marks and leaves by touch; the page is accessible and nothing is wider than the window", async () => {
    await open(PHONE);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflow()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    const small = await page
      .locator(".grid-cell, .grid button:visible, .grid a:visible")
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 43.5).length);
    expect(small).toBe(0);
    const shown = await idsOn(page);
    await page.locator(".grid-cell").nth(0).tap();
    await page.locator("#grid-store").tap();
    await page.locator("#grid-ask[open]").waitFor();
    await page.getByRole("button", { name: "Leave without a label" }).tap();
    await said(`Labelled: ${shown.length - 1}. Left without a label: 1.`);
    expect(await shifts()).toEqual([]);
    expect((await samples()).has(shown[0]!)).toBe(false);
    expect((await pool()).some(({ id }) => id === shown[0])).toBe(true);
    expect(problems).toEqual([]);
  }, 90_000);
});
