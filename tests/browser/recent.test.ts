import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

interface Sample {
  id: string;
  label: string | null;
  state: string;
}
interface Change {
  action: string;
  label_from: string | null;
  state_from: string | null;
  label_to: string | null;
  state_to: string | null;
}

const SIZES = [
  { width: 1280, height: 860 },
  { width: 390, height: 844 },
] as const;

describeNeeding(TEST_NEEDS.chromium, "recent drawings on the Draw page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];
  /** Drawings differ from test to test: an identical one is stored once. */
  let seed = 0;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    server = await startServer(project);
  });
  afterEach(async () => {
    await page?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  async function openPage(viewport: { width: number; height: number }, locale = "en"): Promise<void> {
    page = await browser.newPage({ locale, viewport, hasTouch: true });
    problems = problemsOf(page);
    await page.addInitScript(`
      self.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) self.shifts.push(entry.value);
      }).observe({ type: "layout-shift", buffered: true });
    `);
    await goToPad();
  }
  async function goToPad(): Promise<void> {
    await page.goto(server.url);
    await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
  }
  const message = (text: string | RegExp) => page.locator("#message").getByText(text).waitFor();
  const looks = () =>
    page.locator("[data-recent]").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.look));
  const labels = () => page.locator(".recent-label").allTextContents();

  async function label(digit: string, key = digit): Promise<void> {
    seed += 1;
    await draw(page, drawingOf(digit, seed));
    await page.locator('.answer[data-state="answered"]').waitFor();
    await page.keyboard.press(key);
    await page.locator('.pad[data-ink="false"]').waitFor();
  }
  async function get<T>(path: string): Promise<T> {
    return (await (await fetch(`${server.url}/api/v1${path}`)).json()) as T;
  }
  /** Oldest first. */
  const stored = async () => (await get<{ samples: Sample[] }>("/samples")).samples.reverse();
  const historyOf = async (id: string) =>
    (await get<{ changes: Change[] }>(`/samples/${id}/history`)).changes.map(
      ({ action, label_from, state_from, label_to, state_to }) =>
        action === "stored"
          ? `stored ${state_to} ${label_to}`
          : `${action} ${state_from} ${label_from} to ${state_to} ${label_to}`,
    );

  /** The steps that correct the drawing three back to a 7. */
  const WAYS: Record<string, (() => Promise<void>)[]> = {
    mouse: [
      () => page.locator("[data-recent]").nth(2).click(),
      () => page.getByRole("button", { name: "Label as 7" }).click(),
    ],
    touch: [
      () => page.locator("[data-recent]").nth(2).tap(),
      () => page.getByRole("button", { name: "Label as 7" }).tap(),
    ],
    keyboard: ["r", "3", "7"].map((key) => () => page.keyboard.press(key)),
  };

  for (const viewport of SIZES) {
    for (const [way, steps] of Object.entries(WAYS)) {
      test(`a label three drawings back is corrected in ${steps.length} actions by ${way}, at ${viewport.width} px`, async () => {
        await openPage(viewport);
        await label("7", "1");
        await label("4");
        await label("9");
        await message("Stored as 9.");
        expect(await labels()).toEqual(["9", "4", "1"]);
        const [first] = await stored();
        expect(first!.label).toBe("1");

        expect(steps.length).toBeLessThanOrEqual(3);
        for (const step of steps) await step();
        await message("Changed from 1 to 7.");
        while ((await looks())[2] !== "stored") await page.waitForTimeout(20);
        expect(await labels()).toEqual(["9", "4", "7"]);
        expect((await stored()).map((sample) => sample.label)).toEqual(["7", "4", "9"]);
        expect(await historyOf(first!.id)).toEqual(["changed labelled 1 to labelled 7", "stored labelled 1"]);
        // The mode has ended: keys apply to the pad again.
        await page.keyboard.press("2");
        await message("Draw something first.");

        await page.keyboard.press("Backspace");
        await page.keyboard.press("Backspace");
        await message("It is 1 again.");
        while ((await looks())[2] !== "stored") await page.waitForTimeout(20);
        expect((await stored()).map((sample) => sample.label)).toEqual(["1", "4", "9"]);
        expect((await historyOf(first!.id))[0]).toBe("changed labelled 7 to labelled 1");
        expect(await page.evaluate("self.shifts")).toEqual([]);
        expect(problems).toEqual([]);
      }, 60_000);
    }
  }

  test("the phone's first screen has the pad, the answer, the keys and the strip", async () => {
    await openPage(SIZES[1]);
    await label("3");
    for (const part of [".pad", ".answer", ".digits", ".pad-actions", "#message", "#recent"]) {
      const box = (await page.locator(part).boundingBox())!;
      expect([part, box.y >= 0, box.y + box.height <= SIZES[1].height]).toEqual([part, true, true]);
    }
  }, 60_000);

  test("a chosen drawing is withdrawn or marked as none of these, Escape, Enter and a stroke leave it alone", async () => {
    await openPage(SIZES[0]);
    await label("5");
    await label("6");
    await message("Stored as 6.");
    const cover = page.locator(".pad-recent");
    const choose = async () => {
      await page.keyboard.press("ArrowRight");
      await cover.waitFor();
    };
    for (const leave of ["Escape", "Enter", " "]) {
      await choose();
      await page.locator('[data-label="6"][data-current="true"]').waitFor();
      await page.keyboard.press(leave);
      await cover.waitFor({ state: "hidden" });
    }
    await choose();
    await draw(page, drawingOf("1", 900));
    await cover.waitFor({ state: "hidden" });
    expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
    expect((await stored()).map(({ label: is, state }) => [is, state])).toEqual([
      ["5", "labelled"],
      ["6", "labelled"],
    ]);

    await choose();
    await page.keyboard.press("ArrowRight");
    await page.locator('[data-label="5"][data-current="true"]').waitFor();
    await page.keyboard.press("x");
    await message("Changed from 5 to “none of these”.");
    await choose();
    await page.locator("#message").getByRole("button", { name: "Withdraw" }).click();
    await message("6 withdrawn.");
    while ((await looks()).join() !== "withdrawn,stored") await page.waitForTimeout(20);
    expect((await stored()).map(({ label: is, state }) => [is, state])).toEqual([
      [null, "negative"],
      ["6", "rejected"],
    ]);
    // The ink on the pad is untouched by all of this.
    expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
    await page.locator("#message").getByRole("button", { name: "Undo" }).click();
    while ((await looks()).join() !== "stored,stored") await page.waitForTimeout(20);
    expect((await stored())[1]).toMatchObject({ label: "6", state: "labelled" });
    expect(problems).toEqual([]);
  }, 60_000);

  test("the strip outlasts a reload, and someone else does not see it", async () => {
    await openPage(SIZES[0]);
    await label("8", "3");
    await label("2");
    await message("Stored as 2.");
    await goToPad();
    expect(await labels()).toEqual(["2", "3"]);
    await page.locator("[data-recent]").nth(1).click();
    await page.keyboard.press("8");
    await message("Changed from 3 to 8.");
    while ((await looks())[1] !== "stored") await page.waitForTimeout(20);
    expect((await stored()).map((sample) => sample.label)).toEqual(["8", "2"]);
    await page.getByRole("button", { name: "Someone else draws now" }).click();
    expect(await labels()).toEqual([]);
    await goToPad();
    expect(await labels()).toEqual([]);
    expect(problems).toEqual([]);
  }, 60_000);

  test("corrections count for the writer's next drawing, and no longer when they are undone", async () => {
    await openPage(SIZES[0]);
    const sitting = async () =>
      JSON.parse((await page.evaluate("sessionStorage.getItem('tegaki.sitting')")) as string).id as string;
    /** The probability of a zero for a drawing of a four. */
    const pOfZero = async (): Promise<number> => {
      const body = JSON.stringify({ ...drawingOf("4", 1), sitting: await sitting() });
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${server.url}/api/v1/predict`, { method: "POST", body, headers });
      const { probabilities } = (await response.json()) as { probabilities: { label: string; p: number }[] };
      return probabilities.find(({ label: is }) => is === "0")!.p;
    };
    expect(await pOfZero()).toBeLessThan(1e-5);
    for (const _ of [1, 2, 3]) {
      await draw(page, drawingOf("4", 1));
      await page.locator('.answer[data-state="answered"]').waitFor();
      await page.keyboard.press("4");
      await message("Stored as 4.");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("0");
      await message("Changed from 4 to 0.");
      while ((await looks())[0] !== "stored") await page.waitForTimeout(20);
    }
    const corrected = await pOfZero();
    expect(corrected).toBeGreaterThan(1e-3);
    await page.locator("#message").getByRole("button", { name: "Undo" }).click();
    while ((await labels())[0] !== "4" || (await looks())[0] !== "stored") await page.waitForTimeout(20);
    expect(await pOfZero()).toBeLessThan(corrected / 100);
  }, 60_000);

  test("a label that waits for the server is corrected, also over a reload, and both are in its history", async () => {
    await openPage(SIZES[0]);
    await label("6");
    await message("Stored as 6.");
    await page.route("**/api/v1/samples**", (route) => route.abort());
    await label("9", "5");
    await page.locator('[data-recent][data-look="trouble"]').waitFor();
    await page.locator('#message[data-tone="trouble"]').getByText("1 not stored yet.").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("9");
    // One that is stored is corrected while the server is away, too.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("0");
    await page.locator("#message").getByText("2 not stored yet.").waitFor();
    expect(await labels()).toEqual(["9", "0"]);
    expect((await stored()).map((sample) => sample.label)).toEqual(["6"]);

    await page.unroute("**/api/v1/samples**");
    await goToPad();
    while ((await looks()).join() !== "stored,stored") await page.waitForTimeout(20);
    expect(await labels()).toEqual(["9", "0"]);
    const all = await stored();
    expect(all.map((sample) => sample.label)).toEqual(["0", "9"]);
    expect(await historyOf(all[1]!.id)).toEqual(["changed labelled 5 to labelled 9", "stored labelled 5"]);
    expect(await page.locator('#message[data-tone="trouble"]').count()).toBe(0);
  }, 60_000);

  test("a label that the server refuses stays in the strip with the reason, and is stored under another label", async () => {
    await openPage(SIZES[0]);
    let refuse = () => {};
    const held = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    await page.route("**/api/v1/samples", async (route) => {
      await held;
      await route.fulfill({
        status: 422,
        contentType: "application/problem+json",
        json: { detail: "It is too odd." },
      });
    });
    await label("3");
    // The pad has other ink by then, so the drawing cannot return to it.
    await draw(page, drawingOf("1", 901));
    refuse();
    await page.locator('[data-recent][data-look="refused"]').waitFor();
    await page
      .locator('#message[data-tone="failure"]')
      .getByText("Could not store 3: It is too odd.")
      .waitFor();
    await page.unroute("**/api/v1/samples");
    await page.keyboard.press("ArrowRight");
    await message("Not stored as 3: It is too odd.");
    await page.keyboard.press("8");
    await message("Stored as 8.");
    expect(await looks()).toEqual(["stored"]);
    expect((await stored()).map((sample) => sample.label)).toEqual(["8"]);
    expect(await page.locator('.pad[data-ink="true"]').count()).toBe(1);
  }, 60_000);

  test("a pinned drawing keeps its label: the page says why, and shows what the server has", async () => {
    await openPage(SIZES[0]);
    await label("4");
    await message("Stored as 4.");
    const [sample] = await stored();
    expect(await runCommand(project, ["samples", "pin", sample!.id])).toMatchObject({ code: 0 });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("9");
    await page
      .locator('#message[data-tone="failure"]')
      .getByText(/^Could not change it to 9: .*pinned/)
      .waitFor();
    while ((await labels())[0] !== "4") await page.waitForTimeout(20);
    expect(await looks()).toEqual(["stored"]);
    expect((await stored())[0]!.label).toBe("4");
  }, 60_000);

  test("a drawing that was corrected or deleted on another page is shown as it is there", async () => {
    await openPage(SIZES[0]);
    await label("2");
    await message("Stored as 2.");
    const [sample] = await stored();
    const url = `${server.url}/api/v1/samples/${sample!.id}`;
    const headers = { "content-type": "application/json" };
    await fetch(url, { method: "PATCH", headers, body: JSON.stringify({ label: "3" }) });
    await page.keyboard.press("ArrowRight");
    await message("Labelled 3. Press its correct label.");
    expect(await labels()).toEqual(["3"]);
    await page.keyboard.press("Escape");
    await fetch(url, { method: "DELETE" });
    await page.keyboard.press("ArrowRight");
    await page.locator("[data-recent]").waitFor({ state: "detached" });
    await page.locator(".pad-recent").waitFor({ state: "hidden" });
  }, 60_000);
});
