import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import type { Drawing } from "../../src/domain/drawing.ts";
import { draw, launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

/** One hand of our own making: a seven on a foot like a Z, and a one that ends in a hook. */
const FIXTURE = join(import.meta.dir, "../fixtures/odd-writer.ndjson");
const ODD = (await Bun.file(FIXTURE).text())
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Drawing & { label: string });
const [LABELLED, ELEVENTH] = [ODD.slice(0, 10), ODD[10]!];

interface Answer {
  label: string;
  probabilities: { label: string; p: number }[];
  personal: { used: boolean; n: number; changed_from: string | null };
}

describeNeeding(TEST_NEEDS.chromium, "personal memory on the Draw page", () => {
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
    server = await startServer(project);
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 900 } });
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

  async function label(drawing: Drawing, digit: string): Promise<void> {
    await draw(page, drawing);
    await answered();
    await page.keyboard.press(digit);
    await page.locator("#message").getByText(`Stored as ${digit}.`).waitFor();
  }

  /** The answer to a drawing, without its id, which is another one each time. */
  async function predict({ strokes, width, height }: Drawing, who: object): Promise<Answer> {
    const body = JSON.stringify({ strokes, width, height, ...who });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${server.url}/api/v1/predict`, { method: "POST", body, headers });
    expect(response.status).toBe(200);
    const { id: _, ...answer } = (await response.json()) as Answer & { id: string };
    return answer;
  }
  const predictAll = (drawings: readonly Drawing[], who: object) =>
    Promise.all(drawings.map((drawing) => predict(drawing, who)));

  test("knows an odd hand after ten labels: the eleventh drawing is read right, and nobody else's answer moves", async () => {
    const alone = await predictAll(ODD, {});
    expect(alone[10]!.label).not.toBe(ELEVENTH.label);
    expect(alone.filter(({ label }, i) => label !== ODD[i]!.label).length).toBeGreaterThanOrEqual(9);
    const plain = Array.from({ length: 10 }, (_, digit) => drawingOf(digit, 5));
    const others = await predictAll([...plain, ...ODD], { writer: "Bo" });

    await openPad();
    for (const [i, drawing] of LABELLED.entries()) {
      // The sitting outlasts the page.
      if (i === 5) await openPad();
      await label(drawing, drawing.label);
    }
    await draw(page, ELEVENTH);
    await answered();
    expect(await textOf("#answer-digit")).toBe("7");
    expect(await page.locator("#answer-yours").isVisible()).toBeTrue();
    expect(await textOf("#answered-by")).toBe(`Model 1 alone: ${alone[10]!.label}`);
    expect(await textOf("#remembered")).toBe("Your drawings in memory: 10");
    expect(await textOf("#announce")).toContain("with your drawings");

    await page.keyboard.press("v");
    await page.locator("#explain[open]").waitFor();
    expect(await page.locator(".your-drawings li").count()).toBeGreaterThan(0);
    expect(await textOf("#explain")).toContain("With your drawings the answer is 7");
    await page.keyboard.press("Escape");

    expect(await predictAll([...plain, ...ODD], { writer: "Bo" })).toEqual(others);
    expect(await predictAll(ODD, {})).toEqual(alone);

    await page.getByRole("button", { name: "Someone else draws now" }).click();
    await page.locator("#answered-by").getByText("Model 1", { exact: true }).waitFor();
    expect(await textOf("#answer-digit")).toBe(alone[10]!.label);
    expect(await page.locator("#answer-yours").isVisible()).toBeFalse();
    expect(problems).toEqual([]);
  }, 120_000);

  test("a name is remembered over sittings, the switch leaves memory off, and an undone label no longer counts", async () => {
    const sevens = LABELLED.filter((drawing) => drawing.label === "7");
    await openPad();
    await page.getByLabel("Writer").fill("Aki");
    for (const drawing of sevens) await label(drawing, "7");
    await page.context().clearCookies();
    await page.evaluate(() => sessionStorage.clear());
    await openPad();
    expect(await page.getByLabel("Writer").inputValue()).toBe("Aki");
    await draw(page, ELEVENTH);
    await answered();
    expect(await textOf("#answer-digit")).toBe("7");
    await page.keyboard.press("v");
    await page.locator("#explain[open]").getByText("stored in another sitting").waitFor();
    await page.keyboard.press("Escape");

    await page.getByLabel("Use my drawings").uncheck();
    await page.locator("#answered-by").getByText("Model 1", { exact: true }).waitFor();
    expect(await textOf("#remembered")).toBe("Your drawings are not used");
    expect(await textOf("#answer-digit")).not.toBe("7");
    await openPad();
    expect(await page.getByLabel("Use my drawings").isChecked()).toBeFalse();
    await page.getByLabel("Use my drawings").check();

    await label(ELEVENTH, "7");
    expect((await predict(ELEVENTH, { writer: "Aki" })).personal.n).toBe(sevens.length + 1);
    await page.getByRole("button", { name: "Undo 7" }).click();
    await page.locator("#message").getByText("Label 7 undone.").waitFor();
    expect((await predict(ELEVENTH, { writer: "Aki" })).personal.n).toBe(sevens.length);
    expect(problems).toEqual([]);
  }, 120_000);
});
