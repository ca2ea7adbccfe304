import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, CDPSession, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import type { Drawing } from "../../src/domain/drawing.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

type Place = readonly [x: number, y: number];

describeNeeding(TEST_NEEDS.chromium, "the pad on a screen that takes touch and pen", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let devtools: CDPSession;
  let problems: string[];
  /** The drawings that the page has sent, oldest first. */
  let sent: Drawing[];
  let box: { x: number; y: number; width: number; height: number };

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    server = await startServer(project);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: "en", hasTouch: true, viewport: { width: 1280, height: 860 } });
    problems = problemsOf(page);
    sent = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/predict")) sent.push(request.postDataJSON() as Drawing);
    });
    devtools = await page.context().newCDPSession(page);
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
    box = (await page.locator(".pad > canvas").boundingBox())!;
  }, 30_000);
  afterEach(async () => {
    expect(problems).toEqual([]);
    await page?.close();
  });

  /** From shares of the pad's side to the page's pixels. */
  const at = ([x, y]: Place) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  const touch = (type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel", ...places: Place[]) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(at) });
  const pen = (type: "mousePressed" | "mouseMoved" | "mouseReleased", place: Place) =>
    devtools.send("Input.dispatchMouseEvent", {
      ...at(place),
      type,
      button: "left",
      buttons: type === "mouseReleased" ? 0 : 1,
      clickCount: 1,
      pointerType: "pen",
    });
  /** Waits for the answer to a drawing of so many strokes, and returns the strokes' lefts as shares of the pad. */
  async function leftsOf(strokes: number): Promise<number[]> {
    while (sent.at(-1)?.strokes.length !== strokes) await page.waitForTimeout(20);
    return sent.at(-1)!.strokes.map((stroke) => Math.round(stroke[0]![0] / 40) / 10);
  }
  async function penStroke(x: number): Promise<void> {
    await pen("mousePressed", [x, 0.2]);
    await pen("mouseMoved", [x, 0.5]);
    await pen("mouseMoved", [x, 0.8]);
    await pen("mouseReleased", [x, 0.8]);
  }

  test("a pen takes over from a palm, touches are ignored after it, and Allow touch lets fingers draw", async () => {
    const back = page.getByRole("button", { name: "Allow touch" });
    await touch("touchStart", [0.9, 0.9]);
    await touch("touchMove", [0.85, 0.9]);
    expect(await back.isVisible()).toBe(false);
    await pen("mousePressed", [0.3, 0.2]);
    await pen("mouseMoved", [0.3, 0.5]);
    await touch("touchMove", [0.8, 0.9]);
    await pen("mouseMoved", [0.3, 0.8]);
    await touch("touchEnd");
    await pen("mouseReleased", [0.3, 0.8]);
    expect(await leftsOf(1)).toEqual([0.3]);

    await back.waitFor();
    expect(await page.locator("#announce").textContent()).not.toBe("");
    await touch("touchStart", [0.9, 0.5]);
    await touch("touchMove", [0.9, 0.6]);
    await touch("touchEnd");
    await penStroke(0.5);
    expect(await leftsOf(2)).toEqual([0.3, 0.5]);

    await back.click();
    await back.waitFor({ state: "hidden" });
    await touch("touchStart", [0.7, 0.2]);
    await touch("touchMove", [0.7, 0.8]);
    await touch("touchEnd");
    expect(await leftsOf(3)).toEqual([0.3, 0.5, 0.7]);
  }, 30_000);

  test("a cancelled touch leaves no ink, and the rest is recognised again", async () => {
    await touch("touchStart", [0.4, 0.2]);
    await touch("touchMove", [0.4, 0.8]);
    await touch("touchEnd");
    expect(await leftsOf(1)).toEqual([0.4]);
    const before = sent.length;
    await touch("touchStart", [0.8, 0.8]);
    await touch("touchMove", [0.8, 0.7]);
    await touch("touchCancel");
    while (sent.length === before) await page.waitForTimeout(20);
    expect(await leftsOf(1)).toEqual([0.4]);
    await page.locator('.answer[data-state="answered"]').waitFor();
  }, 30_000);

  test("a stray tap is painted pale, with a line that says so, and is left out of the answer", async () => {
    const opacityAt = (place: Place) =>
      page.locator(".pad > canvas").evaluate(
        (canvas: HTMLCanvasElement, [x, y]) => {
          const pixel = canvas.getContext("2d")!.getImageData(x * canvas.width, y * canvas.height, 1, 1).data;
          return Math.round((pixel[3]! / 255) * 10) / 10;
        },
        place as [number, number],
      );
    const note = page.getByRole("status").filter({ hasText: "The pale ink is far from the rest." });
    await pen("mousePressed", [0.1, 0.1]);
    await pen("mouseMoved", [0.1, 0.3]);
    await pen("mouseReleased", [0.1, 0.3]);
    await leftsOf(1);
    expect(await note.count()).toBe(0);
    const answer = page.waitForResponse(
      (response) =>
        response.url().endsWith("/predict") && response.request().postDataJSON().strokes.length === 2,
    );
    await pen("mousePressed", [0.9, 0.9]);
    await pen("mouseReleased", [0.9, 0.9]);
    await note.waitFor();
    expect(await (await answer).json()).toMatchObject({ left_out: [1] });
    while ((await opacityAt([0.9, 0.9])) !== 0.3) await page.waitForTimeout(20);
    expect(await opacityAt([0.1, 0.2])).toBe(1);
    await page.keyboard.press("Backspace");
    await note.waitFor({ state: "detached" });
    expect(await opacityAt([0.1, 0.2])).toBe(1);
  }, 30_000);
});
