import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { inkPath } from "../../views/fragments/review/ink-path.ts";
import { axeViolations } from "../support/axe-violations.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { UnlabelledDrawings } from "../support/unlabelled-drawings.ts";
import { handDrawing } from "../support/unseen-hands.ts";

/** Drawings with a known answer: with fewer than 20, nobody is asked about them. */
const KNOWN = 24;
const SEED = 700_000;
const INK = '.queue-page[data-state="asking"] .queue-drawing > svg:not([hidden]) path';

/** Known answers of a labeller, as the API counts them. */
interface Score {
  labeller: string;
  known_answers: { n: number; correct: number };
}

describeNeeding(TEST_NEEDS.chromium, "known answers in the queue of unlabelled drawings", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  /** The label of each drawing whose answer is known, by its ink. */
  let known: Map<string, string>;

  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    project = await emptyProject();
    await Bun.write(
      join(project.dir, "conf/base/server.yml"),
      "labelling: { second_opinions: 0, known_answers: 0.5 }\n",
    );
    const drawings = Array.from({ length: KNOWN }, (_, i) => handDrawing(i % 10, SEED + i));
    known = new Map(drawings.map((drawing, i) => [inkPath(drawing).path, String(i % 10)]));
    const lines = drawings.map((drawing, i) =>
      JSON.stringify({ writer: "teacher", label: String(i % 10), ...drawing }),
    );
    await Bun.write(join(project.dir, "known.ndjson"), lines.join("\n"));
    expect(await runCommand(project, ["samples", "import", "known.ndjson"])).toMatchObject({ code: 0 });
    const { out } = await runCommand(project, ["samples", "export"]);
    const ids = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(await runCommand(project, ["samples", "pin", ...ids])).toMatchObject({ code: 0 });
    server = await startServer(project);
    await UnlabelledDrawings.send(server, 40);
  }, 120_000);
  afterEach(async () => {
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const seen = (page: Page) =>
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const shown = async (page: Page) => (await page.locator(INK).getAttribute("d")) ?? "";
  const message = (page: Page, text: string) => page.locator("#message").getByText(text).waitFor();

  async function open(page: Page, name: string): Promise<void> {
    await page.addInitScript(`localStorage.setItem("tegaki.writer", ${JSON.stringify(name)})`);
    await page.goto(`${server.url}/label/unlabelled`);
    await page.locator('[data-page="queue"][data-state="asking"]').waitFor();
    await seen(page);
  }

  /** Labels what is on the screen, and waits until the next drawing is. */
  async function press(page: Page, key: string): Promise<void> {
    const before = await shown(page);
    await page.keyboard.press(key);
    await page.waitForFunction(
      ([selector, ink]) => document.querySelector(selector!)?.getAttribute("d") !== ink,
      [INK, before],
    );
    await page.locator(INK).waitFor();
    await seen(page);
  }

  /** Skips the drawings without a label until one is shown whose answer is known. @returns its label. */
  async function untilCheck(page: Page): Promise<string> {
    for (let i = 0; i < 100; i++) {
      const label = known.get(await shown(page));
      if (label !== undefined) return label;
      await press(page, "Space");
    }
    throw new Error("None of 100 questions was one with a known answer");
  }

  const scores = async () => {
    const response = await fetch(`${server.url}/api/v1/queue/labellers`);
    const { labellers } = (await response.json()) as { labellers: Score[] };
    return labellers.map(({ labeller, known_answers: { n, correct } }) => ({ labeller, n, correct }));
  };

  test("the page says after the answer that it was a check, correct or not, and both can be undone", async () => {
    const page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    const problems = problemsOf(page);
    await open(page, "Ann");
    const first = await untilCheck(page);
    // Before the answer, nothing on the page tells of the check.
    expect(await page.locator(".queue-page").textContent()).not.toContain("check");
    await press(page, first);
    await message(page, `That was a check: ${first} is correct.`);
    expect(await page.locator("#message").getAttribute("data-tone")).toBe("done");
    expect(await scores()).toEqual([{ labeller: "Ann", n: 1, correct: 1 }]);

    const second = await untilCheck(page);
    const ink = await shown(page);
    const wrong = String((Number(second) + 1) % 10);
    await press(page, wrong);
    await message(page, `That was a check: ${wrong}, expected ${second}.`);
    expect(await scores()).toEqual([{ labeller: "Ann", n: 2, correct: 1 }]);
    expect(await axeViolations(page)).toEqual([]);

    await page.keyboard.press("u");
    await message(page, `It was ${wrong}.`);
    await seen(page);
    expect(await shown(page)).toBe(ink);
    // Undone and answered again, now that the answer is known: the first one counts.
    await press(page, second);
    await message(page, `That was a check: ${second} is correct.`);
    expect(await scores()).toEqual([{ labeller: "Ann", n: 2, correct: 1 }]);
    await page.keyboard.press("u");
    await message(page, `It was ${second}.`);
    await page.keyboard.press("u");
    await message(page, `It was ${first}.`);
    // Nobody is listed without an answer that was not undone.
    await until(scores, (all) => all.length === 0);
    const { out } = await runCommand(project, ["samples", "stats", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ total: KNOWN });
    expect(problems).toEqual([]);
    await page.close();
  }, 120_000);

  test("in Japanese on a phone, by touch", async () => {
    const page = await browser.newPage({
      ...{ locale: "ja", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    await open(page, "花子");
    const label = await untilCheck(page);
    const wrong = String((Number(label) + 1) % 10);
    await page.locator(`[data-label="${wrong}"]`).tap();
    await message(page, `確認用の問題でした（回答：${wrong}、正解：${label}）`);
    await seen(page);
    const next = await untilCheck(page);
    await page.locator(`[data-label="${next}"]`).tap();
    await message(page, `確認用の問題でした（${next} で正解）`);
    expect(await scores()).toEqual([{ labeller: "花子", n: 2, correct: 1 }]);
    await page.close();
  }, 120_000);
});
