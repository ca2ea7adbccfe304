import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import type { Store } from "../../src/domain/store.ts";
import { openStore } from "../../src/storage/open.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { storedEvent } from "../support/run-events.ts";

const PER_CLASS = ["0", "1"].map((label) => ({ label, n: 10, recall: 0.9, precision: 0.9 }));
const DETAILS = {
  ...{ env: null, slice: {}, runner: "SequentialRunner", dataVersion: "v", resumedFrom: null, causes: [] },
};

/** A finished run of `tuning` with two epochs. */
async function addRun({ runs }: Store, id: string, tuning_epochs: number, wrong: number): Promise<void> {
  await runs.create({
    id,
    pipeline: "tuning",
    params: { tuning_epochs },
    trigger: "api",
    command: "tegaki run",
  });
  await runs.putDetails(id, { ...DETAILS, parameters: { tuning_epochs, tuning_keep: 0.4 } });
  for (const epoch of [1, 2]) {
    const data = { epoch, epochs: 2, step: 5, steps: 5, loss: 0.4 / epoch / tuning_epochs };
    const rest = { learning_rate: 0.001, samples_per_s: 900, val_loss: 0.3, val_accuracy: 0.9 };
    await runs.appendEvent(storedEvent("progress", "fine_tune", { ...data, ...rest }, { runId: id }));
  }
  const confusion = [
    [10, 0],
    [wrong, 10 - wrong],
  ];
  const mnist_test = { n: 20, accuracy: 1 - wrong / 20, loss: 0.1, per_class: PER_CLASS, confusion };
  const at = "2026-01-02T03:04:05.000Z";
  await runs.update(id, {
    ...{ status: "done", startedAt: at, finishedAt: at },
    metrics: decodeMetrics({ mnist_test }),
  });
}

const WIDTHS = [
  { width: 1280, height: 860 },
  { width: 390, height: 844 },
];

describeNeeding(TEST_NEEDS.chromium, "the pages of runs", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    await mkdir(join(project.dir, "data"), { recursive: true });
    const clock = { now: () => new Date() };
    const store = await openStore({ path: join(project.dir, "data/tegaki.db"), clock, holdoutFraction: 0.2 });
    await addRun(store, "run-aaaaaaaa", 2, 1);
    await addRun(store, "run-bbbbbbbb", 3, 4);
    await store.close();
    server = await startServer(project);
    // Without a labelled drawing, there is nothing to tune on, and the form says so.
    const page = await browser.newPage({ locale: "en" });
    await page.goto(`${server.url}/runs`);
    await page.getByText("There are no labelled drawings to train on").waitFor();
    await page.close();
    const stored = await fetch(`${server.url}/api/v1/samples`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...drawingOf(1), label: "1" }),
    });
    expect(stored.status).toBe(201);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  test.each(WIDTHS)(
    "two runs are chosen and compared, at %j",
    async (viewport) => {
      const page = await browser.newPage({ locale: "en", viewport });
      const problems = problemsOf(page);
      await page.goto(`${server.url}/runs`);
      await page.getByRole("checkbox", { name: "Choose run aaaaaaaa to compare" }).check();
      await page.getByRole("checkbox", { name: "Choose run bbbbbbbb to compare" }).check();
      await page.getByRole("button", { name: "Compare chosen runs (up to 5)" }).click();
      await page.getByRole("heading", { name: "Compare runs" }).waitFor();
      const row = page.getByRole("row", { name: /tuning_epochs/ });
      expect((await row.getByRole("cell").allTextContents()).map((text) => text.trim())).toEqual(["3", "2"]);
      expect(await row.locator("mark").allTextContents()).toEqual(["2"]);
      const scores = page.getByRole("row", { name: /MNIST test set/ });
      expect(
        (await scores.getByRole("cell").allTextContents()).map((text) => text.replaceAll(/\s+/g, " ").trim()),
      ).toEqual(["80.00 % n = 20", "95.00 % n = 20"]);
      const confusion = page.getByRole("row", { name: /1 → 0/ });
      expect(
        (await confusion.getByRole("cell").allTextContents()).map((text) =>
          text.replaceAll(/\s+/g, " ").trim(),
        ),
      ).toEqual(["4", "1 (−3)"]);
      const loss = page.locator("figure", { hasText: "Training loss" });
      expect(await loss.locator(".chart-line").count()).toBeGreaterThanOrEqual(2);
      expect(await overflow(page)).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test("a value is checked while it is typed, and a pipeline that cannot be started alone says why, in Japanese", async () => {
    const page = await browser.newPage({ locale: "ja", viewport: WIDTHS[1]! });
    const problems = problemsOf(page);
    await page.goto(`${server.url}/runs`);
    await page.locator("#run-form summary", { hasText: "パラメーター" }).first().click();
    await page.getByLabel("tuning_epochs", { exact: true }).fill("0");
    await page.getByText("1 以上の値を指定してください（入力値：0）。").waitFor();
    await page.getByLabel("tuning_epochs", { exact: true }).fill("3");
    await page.getByText("1 から 10,000 までの整数。設定値：10").waitFor();
    await page.getByLabel("パイプライン", { exact: true }).selectOption("evaluate");
    await page.getByText("パイプライン evaluate だけでは開始できません").waitFor();
    expect(await page.getByRole("button", { name: "開始" }).isDisabled()).toBe(true);
    await page.getByLabel("パイプライン", { exact: true }).selectOption("first");
    await page.getByLabel("first.epochs", { exact: true }).waitFor({ state: "attached" });
    expect(await page.getByLabel("tuning_epochs", { exact: true }).count()).toBe(0);
    expect(await overflow(page)).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  }, 60_000);

  test("a tag and a note are written by keyboard, and find the run", async () => {
    const page = await browser.newPage({ locale: "en", viewport: WIDTHS[0]! });
    await page.goto(`${server.url}/runs/run-aaaaaaaa`);
    await page.getByLabel("New tag").focus();
    await page.keyboard.type("kana");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove tag kana" }).waitFor();
    await page.getByLabel("Note", { exact: true }).fill("less noise");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByText("Last written by").waitFor();
    await page.goto(`${server.url}/runs`);
    await page.getByLabel("Search").fill("noise");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search=noise/);
    expect(await page.locator("tr[id^=run-]").count()).toBe(1);
    await page.getByRole("link", { name: "#kana" }).first().waitFor();
    await page.close();
  }, 60_000);

  test.each([...WIDTHS, { width: 1280, height: 620 }])(
    "/pipelines opens on the pipeline that ran last, at its start, with names of 11 px or more and nothing over them, at %j",
    async (viewport) => {
      const page = await browser.newPage({ locale: "en", viewport });
      await page.goto(`${server.url}/pipelines`);
      await page.locator('#graph-view[data-ready="true"]').waitFor();
      expect(await page.locator(".g-tabs [aria-current]").textContent()).toContain("tuning");
      const seen = await page.evaluate(() => {
        const svg = document.querySelector<SVGSVGElement>("#graph-svg")!;
        const zoom = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const names = [...svg.querySelectorAll(".g-name")].map(
          (name) => Number(name.getAttribute("font-size")) * zoom,
        );
        const port = document.querySelector("#graph-port")!.getBoundingClientRect();
        const tools = document.querySelector(".g-zoom")!.getBoundingClientRect();
        const inSight = [...svg.querySelectorAll(".g-el")].filter((element) => {
          const box = element.getBoundingClientRect();
          return (
            box.left < port.right && box.right > port.left && box.top < port.bottom && box.bottom > port.top
          );
        });
        scrollTo(0, 1e6);
        const ends = [".g-stage", ".shell-foot"].map(
          (name) => document.querySelector(name)!.getBoundingClientRect().bottom,
        );
        return {
          smallest: Math.min(...names),
          overlap: tools.bottom - port.top,
          elements: inSight.length,
          below: innerHeight - Math.max(...ends),
        };
      });
      expect(seen.smallest).toBeGreaterThan(10.9);
      expect(seen.overlap).toBeLessThanOrEqual(0.5);
      expect(seen.elements).toBeGreaterThan(0);
      // The page ends where its content ends.
      expect(seen.below).toBeLessThan(60);
      await page.close();
    },
    60_000,
  );
});
