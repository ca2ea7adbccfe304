import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, startServer, until } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { UnlabelledDrawings } from "../support/unlabelled-drawings.ts";

const API = "**/api/v1/queue/**";
/** How long a request takes on a slow network, in ms. */
const SLOW_MS = 500;

/** On the page: the ink that is shown. */
const INK = "document.querySelector('.queue-drawing > svg:not([hidden]) path')?.getAttribute('d')";

/** An answer that the page was given, as the store has it: a label, "none" or "discard". */
interface Given {
  drawing: number;
  means: string;
}

describeNeeding(TEST_NEEDS.chromium, "the queue of unlabelled drawings", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let drawings: UnlabelledDrawings;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    server = await startServer(project);
    drawings = await UnlabelledDrawings.send(server, 30);
    context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 860 } });
    page = await context.newPage();
    problems = problemsOf(page);
  }, 60_000);
  afterEach(async () => {
    await context?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  /** Opens the queue, and waits until the page holds as many drawings as it may. */
  async function open(one: Page, held = 6): Promise<void> {
    await one.goto(`${server.url}/label/unlabelled`);
    await one.waitForFunction((n) => document.querySelectorAll(".queue-drawing > svg").length >= n, held);
    await seen(one);
  }
  /** Keys count once a frame has shown the drawing. */
  const seen = (one: Page) =>
    one.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const message = (one: Page, text: string) => one.locator("#message").getByText(text).waitFor();

  /** Acts, and waits until a frame has shown another drawing. */
  async function changes(one: Page, act: () => Promise<void>): Promise<void> {
    const before = await one.evaluate(INK);
    await act();
    await one.waitForFunction(`(${INK}) !== ${JSON.stringify(before)}`);
    await seen(one);
  }

  /** Presses the key of an answer. @returns what it means for which drawing; null for a skip. */
  async function press(one: Page, key: string): Promise<Given | null> {
    const drawing = await drawings.shown(one);
    expect(drawing).toBeGreaterThanOrEqual(0);
    const prediction = (await one.locator("#queue-label").textContent())!.trim();
    await changes(one, () => one.keyboard.press(key));
    const means = { Enter: prediction, x: "none", Backspace: "discard" }[key] ?? key;
    return key === "Space" ? null : { drawing, means };
  }
  /** Waits until the server has acknowledged everything, and compares the store with what was given last. */
  async function expectStored(given: readonly Given[]): Promise<void> {
    const last = new Map(given.map(({ drawing, means }) => [drawing, means]));
    const samples = [...last].filter(([, means]) => means !== "discard");
    const read = async () => ({ stored: await drawings.stored(), left: await drawings.left() });
    const { stored, left } = await until(read, ({ left: n }) => n === 30 - last.size);
    expect(stored).toEqual(Object.fromEntries(samples));
    expect(left).toBe(30 - last.size);
  }

  test("by keyboard alone: twelve answers, five undone newest first and answered again, a reload in between", async () => {
    await open(page);
    const given: Given[] = [];
    for (const key of [
      "Enter",
      "7",
      "x",
      "Backspace",
      "Space",
      "3",
      "Enter",
      "0",
      "x",
      "9",
      "Enter",
      "5",
      "1",
    ]) {
      const answer = await press(page, key);
      if (answer !== null) given.push(answer);
    }
    expect(given.length).toBe(12);
    await page.locator("#queue-tally").getByText("11 labelled, 1 not usable, 0 undone").waitFor();
    await page.locator("#queue-left").getByText("18 without a label").waitFor();

    // Newest first, each with what it had been called.
    const undone: number[] = [];
    const undo = async (key: string) => {
      const { drawing, means } = given.pop()!;
      await page.keyboard.press(key);
      await message(page, `It was ${means === "none" ? "“none of these”" : means}.`);
      await seen(page);
      expect(await drawings.shown(page)).toBe(drawing);
      undone.push(drawing);
    };
    await undo("u");
    await undo("Control+z");
    await until(
      () => drawings.left(),
      (left) => left === 20,
    );
    await page.reload();
    await page.locator(".queue-drawing > svg").nth(5).waitFor({ state: "attached" });
    await seen(page);
    for (let i = 0; i < 3; i++) await undo("u");
    await page.locator("#queue-tally").getByText("6 labelled, 1 not usable, 5 undone").waitFor();
    for (const key of ["2", "4", "6", "8", "x"]) given.push((await press(page, key))!);
    expect(given.slice(-5, -2).map(({ drawing }) => drawing)).toEqual(undone.slice(-3).reverse());
    await expectStored(given);
    expect(problems).toEqual([]);
  }, 120_000);

  test("the next drawing is shown before the answer has reached a slow server, and it is there for each of twenty keys", async () => {
    await open(page);
    let [sent, answered] = [0, 0];
    await page.route(API, async (route) => {
      const isAnswer = route.request().url().endsWith("/answer");
      if (isAnswer) sent += 1;
      await Bun.sleep(SLOW_MS);
      await route.continue();
      if (isAnswer) answered += 1;
    });
    await page.evaluate(measureKeys);
    const given: Given[] = [];
    for (let i = 0; i < 20; i++) {
      // Faster than anyone labels, but the questions keep up.
      await page.locator(".queue-drawing > svg").nth(1).waitFor({ state: "attached" });
      const before = await drawings.shown(page);
      given.push((await press(page, String(i % 10)))!);
      expect(await drawings.shown(page)).not.toBe(before);
      if (i === 0) expect([sent, answered]).toEqual([1, 0]);
    }
    const times = (await page.evaluate("window.keyTimes")) as number[];
    expect(times.length).toBe(20);
    const p95 = times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1]!;
    console.log(`From key to next drawing, with ${SLOW_MS} ms per request: p95 ${p95.toFixed(0)} ms`);
    // No time of a slow machine, but that of a request would show.
    expect(p95).toBeLessThan(SLOW_MS);
    await expectStored(given);
    expect(problems).toEqual([]);
  }, 120_000);

  test("Enter before the drawing is on the screen does nothing", async () => {
    const arrived = Promise.withResolvers<void>();
    await page.route("**/queue/next", async (route) => {
      await arrived.promise;
      await route.continue();
    });
    await page.goto(`${server.url}/label/unlabelled`);
    await page.locator('[data-page="queue"][data-ready="true"]').waitFor();
    await page.keyboard.press("Enter");
    await message(page, "The drawing is not here yet.");
    arrived.resolve();
    await page.locator('[data-state="asking"]').waitFor();
    await page.locator("#message").getByText("The drawing is not here yet.").waitFor({ state: "detached" });
    expect(await drawings.left()).toBe(30);
    expect(await drawings.stored()).toEqual({});
  }, 60_000);

  test("two people at the same time never have the same drawing, and a page that is left returns its own", async () => {
    const other = await (await browser.newContext({ locale: "en" })).newPage();
    await open(page);
    await open(other);
    const given: Given[] = [];
    for (const key of ["1", "2", "Space", "3", "4"]) {
      const both = [...(await drawings.held(page)), ...(await drawings.held(other))];
      expect(new Set(both).size).toBe(both.length);
      for (const one of [page, other]) {
        const answer = await press(one, key);
        if (answer !== null) given.push(answer);
      }
    }
    expect(new Set(given.map(({ drawing }) => drawing)).size).toBe(8);
    await expectStored(given);
    await other.goto(`${server.url}/docs`);
    const leased = async () =>
      ((await (await fetch(`${server.url}/api/v1/queue`)).json()) as { leased: number }).leased;
    expect(await until(leased, (n) => n === 6)).toBe(6);
  }, 120_000);

  test("without a connection the page continues, says what is not stored, and stores it when it is back", async () => {
    await open(page);
    const given: Given[] = [];
    given.push((await press(page, "1"))!);
    await until(
      () => drawings.left(),
      (left) => left === 29,
    );
    await context.setOffline(true);
    for (const key of ["2", "x", "Backspace"]) given.push((await press(page, key))!);
    await message(page, "3 not stored yet");
    expect(await page.locator("#message").getAttribute("data-tone")).toBe("trouble");
    // Undone before it was sent: the server never hears of it.
    given.pop();
    await page.keyboard.press("u");
    await message(page, "not stored yet");
    await seen(page);
    given.push((await press(page, "9"))!);
    expect(await drawings.left()).toBe(29);
    await context.setOffline(false);
    await expectStored(given);
    await page.locator('#message[data-tone="trouble"]').waitFor({ state: "detached" });
  }, 120_000);

  test("answers that a busy server did not take are sent after a reload, each once", async () => {
    await open(page);
    const busy = (route: import("playwright-core").Route) =>
      route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"detail":"busy"}' });
    await page.route("**/answer", busy);
    const given = [(await press(page, "5"))!, (await press(page, "x"))!];
    await message(page, "2 not stored yet");
    await page.reload();
    await message(page, "2 not stored yet");
    await page.unroute("**/answer");
    await expectStored(given);
    await page.locator("#queue-tally").getByText("2 labelled, 0 not usable").waitFor();
  }, 120_000);

  test("an answer to a drawing that someone else has is named, and the page continues", async () => {
    await open(page);
    const first = await drawings.shown(page);
    // Someone else's program labels the same drawing.
    const sample = await fetch(`${server.url}/api/v1/samples`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...drawings.drawing(first), label: "8" }),
    });
    expect(sample.status).toBe(201);
    await press(page, "1");
    await message(
      page,
      "1 is not stored: someone else has this drawing, or has labelled it in the meantime.",
    );
    await page.locator("#queue-refusals").getByText(": 1").waitFor();
    const next = (await press(page, "2"))!;
    await until(
      () => drawings.left(),
      (left) => left === 28,
    );
    expect(await drawings.labels()).toEqual(["2", "8"]);
    expect(next.drawing).not.toBe(first);
  }, 60_000);

  test("on a phone in Japanese, by touch: everything is in view without scrolling, and taps label and undo", async () => {
    const phone = await browser.newPage({
      ...{ locale: "ja", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    const found = problemsOf(phone);
    await open(phone);
    for (const part of [".queue-stage", ".queue-prediction", ".digits", ".queue-actions"]) {
      const { y, height } = (await phone.locator(part).boundingBox())!;
      expect([part, y >= 0 && y + height <= 844]).toEqual([part, true]);
    }
    const tap = async (selector: string) => {
      const drawing = await drawings.shown(phone);
      await changes(phone, () => phone.locator(selector).tap());
      return drawing;
    };
    const label = (await phone.locator("#queue-label").textContent())!.trim();
    const given: Given[] = [
      { drawing: await tap('[data-do="accept"]'), means: label },
      { drawing: await tap('[data-label="4"]'), means: "4" },
      { drawing: await tap('[data-do="none"]'), means: "none" },
    ];
    await tap('[data-do="skip"]');
    given.push({ drawing: await tap('[data-do="discard"]'), means: "discard" });
    await tap('[data-do="undo"]');
    await message(phone, "取り消しました。前の回答：「使用不可」");
    given.pop();
    given.push({ drawing: await tap('[data-label="6"]'), means: "6" });
    await expectStored(given);
    await phone.locator("#queue-tally").getByText("ラベル 4 件、使用不可 0 件、取り消し 1 件").waitFor();
    expect(await axeViolations(phone)).toEqual([]);
    expect(found).toEqual([]);
    await phone.close();
  }, 120_000);

  test("after a click, Enter and Space are the keys of the page, and no button decides twice", async () => {
    await open(page);
    const given: Given[] = [];
    const click = async (selector: string, means: string) => {
      given.push({ drawing: await drawings.shown(page), means });
      await changes(page, () => page.locator(selector).click());
    };
    const enter = async () => given.push((await press(page, "Enter"))!);
    await click('[data-label="3"]', "3");
    await enter();
    await click('[data-do="discard"]', "discard");
    // Skips, and does not discard.
    await press(page, "Space");
    await click('[data-do="none"]', "none");
    await enter();
    // Reached by Tab, a button decides once; then the keys are those of the page.
    await page.locator('.digits [data-label="5"]').focus();
    given.push({ drawing: await drawings.shown(page), means: "5" });
    await changes(page, () => page.keyboard.press("Enter"));
    await enter();
    await page.locator('.queue-actions [data-do="help"]').click();
    await page.keyboard.press("Escape");
    await enter();
    await expectStored(given);
    expect(problems).toEqual([]);
  }, 90_000);

  test("a label that is pressed right after a name is not given to another drawing, and the page says why", async () => {
    await open(page);
    await page.getByLabel("Your name (optional)").fill("Nina");
    const before = await drawings.shown(page);
    const { x, y } = (await page.locator('.digits [data-label="3"]').boundingBox())!;
    await page.mouse.move(x + 10, y + 10);
    await page.mouse.down();
    await message(page, "The name has changed");
    // Another drawing may be there before the button is released.
    await page.locator(".queue-drawing > svg").nth(5).waitFor({ state: "attached" });
    await seen(page);
    // The new name may have got the same one.
    const given = (await drawings.shown(page)) === before ? [{ drawing: before, means: "3" }] : [];
    await page.mouse.up();
    await page.waitForTimeout(SLOW_MS);
    await expectStored(given);
    given.push({ drawing: await drawings.shown(page), means: "4" });
    await changes(page, () => page.locator('.digits [data-label="4"]').click());
    await expectStored(given);
  }, 60_000);

  test("drawings that someone else adds are counted on the page and on its tab without a key", async () => {
    await open(page);
    await page.locator("#queue-left").getByText("30 without a label").waitFor();
    await UnlabelledDrawings.send(server, 2, 900_000);
    await page.locator("#queue-left").getByText("32 without a label").waitFor({ timeout: 15_000 });
    expect(await page.locator("#tab-unlabelled").textContent()).toBe("32");
  }, 60_000);

  test("another name returns the drawings and takes others; another order changes what comes next", async () => {
    await open(page);
    await page.getByLabel("Your name (optional)").fill("Ann");
    await page.getByLabel("Your name (optional)").press("Enter");
    await page.locator(".queue-drawing > svg").nth(5).waitFor({ state: "attached" });
    const requests: { labeller: string; order: string }[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/next")) requests.push(request.postDataJSON());
    });
    const before = await drawings.shown(page);
    await page.getByLabel("Order").selectOption("newest");
    await page.locator(".queue-drawing > svg").nth(5).waitFor({ state: "attached" });
    expect(await drawings.shown(page)).toBe(before);
    await until(
      async () => requests.length,
      (n) => n > 0,
    );
    expect(requests[0]).toMatchObject({ labeller: "Ann", order: "newest" });
    await until(
      () => drawings.held(page),
      (held) => held.length === 6,
    );
    const newest = [29, 28, 27, 26, 25, 24].filter((drawing) => drawing !== before).slice(0, 5);
    expect((await drawings.held(page)).filter((drawing) => drawing !== before).sort()).toEqual(newest.sort());
    await page.reload();
    await page.locator('[data-state="asking"]').waitFor();
    expect(await page.getByLabel("Your name (optional)").inputValue()).toBe("Ann");
    expect(await page.getByLabel("Order").inputValue()).toBe("newest");
    expect(problems).toEqual([]);
  }, 60_000);

  test("the end of the queue says how drawings come there", async () => {
    await open(page);
    for (let i = 0; i < 30; i++) {
      await page.locator('[data-state="asking"]').waitFor();
      await seen(page);
      await page.keyboard.press(String(i % 10));
    }
    await page.getByRole("heading", { name: "No unlabelled drawings" }).waitFor();
    expect(await page.getByRole("link", { name: "an import of files" }).getAttribute("href")).toBe(
      "/samples",
    );
    await until(
      () => drawings.left(),
      (left) => left === 0,
    );
    expect(Object.keys(await drawings.stored()).length).toBe(30);
    expect(await axeViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
  }, 120_000);

  test("without script, the page says that it needs it, and leads to the review", async () => {
    const plain = await browser.newPage({ locale: "en", javaScriptEnabled: false });
    await plain.goto(`${server.url}/label/unlabelled`);
    const said = plain.locator(".no-script");
    expect(await said.textContent()).toContain("This page needs JavaScript");
    await said.locator("a").click();
    await plain.getByRole("heading", { name: "Nothing to review" }).waitFor();
    await plain.close();
  }, 60_000);
});

/** Runs on the page: notes for each key, in `keyTimes`, the ms until the frame that shows another drawing. */
function measureKeys(): void {
  const times: number[] = [];
  Object.assign(window, { keyTimes: times });
  const ink = () => document.querySelector(".queue-drawing > svg:not([hidden]) path")?.getAttribute("d");
  document.addEventListener(
    "keydown",
    () => {
      const [start, before] = [performance.now(), ink()];
      const look = () => {
        if (ink() === before) requestAnimationFrame(look);
        // The message is handled after the frame was painted.
        else {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - start);
          channel.port2.postMessage(null);
        }
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
}
