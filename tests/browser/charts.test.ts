import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import { proportion } from "../../src/domain/monitoring/proportion.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { openStore } from "../../src/storage/open.ts";
import { launchBrowser } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";
import { storedEvent } from "../support/run-events.ts";

const LABELS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** An evaluation with everything that a page draws. */
function evaluation(n: number, accuracy: number) {
  const each = Math.round(n / LABELS.length);
  return {
    ...{ n, accuracy, loss: 0.02 },
    per_class: LABELS.map((label, i) => ({
      label,
      n: each,
      recall: accuracy - i / 1_000,
      precision: accuracy,
    })),
    confusion: LABELS.map((_, i) => LABELS.map((__, k) => (i === k ? each : Number((i + k) % 7 === 0)))),
    calibration: {
      ece: 0.01,
      bins: [
        { from: 0.8, to: 0.9, n: 12, confidence: 0.85, accuracy: 0.7 },
        { from: 0.9, to: 1, n: n - 12, confidence: 0.99, accuracy },
      ],
    },
  };
}

/** Versions whose scores differ by hundredths of a point, and a run with the progress of its training. */
async function addRecords(dir: string): Promise<void> {
  const store = await openStore({
    ...{ path: join(dir, "data/tegaki.db"), clock: systemClock, holdoutFraction: 0.2 },
  });
  for (let i = 0; i < 12; i++) {
    const metrics = {
      mnist_test: evaluation(10_000, 0.9945 + i / 100_000),
      app_holdout: evaluation(20 + 10 * i, 0.95),
      champion_app_holdout: evaluation(20 + 10 * i, 0.93),
    };
    await store.models.create({
      ...{ name: "digits", key: `registry/${i}`, sha256: String(i), runId: null, parentVersion: 1 },
      ...{ metrics: decodeMetrics(metrics), state: "ready", gate: null },
    });
  }
  await store.runs.create({ id: "run-1", pipeline: "tuning", params: {}, trigger: "page", command: "" });
  for (let epoch = 1; epoch <= 150; epoch++) {
    await store.runs.appendEvent(
      storedEvent(
        "progress",
        "fine_tune",
        {
          ...{ epoch, epochs: 150, step: 10, steps: 10, loss: 2 / epoch, val_loss: 3 / epoch },
          ...{ val_accuracy: 0.99, samples_per_s: 12_345, learning_rate: 1e-8 * epoch, best_epoch: 149 },
        },
        { runId: "run-1" },
      ),
    );
  }
  await store.runs.update("run-1", {
    ...{ status: "done", modelVersion: 13, startedAt: "2026-01-02T03:04:00.000Z" },
    finishedAt: "2026-01-02T03:05:00.000Z",
  });
  await store.close();
}

describeNeeding(TEST_NEEDS.chromium, "charts", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;

  beforeAll(async () => {
    [browser, project] = await Promise.all([launchBrowser(), emptyProject()]);
    server = await startServer(project);
    await addRecords(project.dir);
    for (let n = 0; n < 60; n++) {
      const drawing = drawingOf(n % 10, n + 1);
      const { id } = await post("/predict", drawing);
      const writer = n % 2 === 0 ? "Ann" : "書き手の長い名前の人";
      await post("/samples", { ...drawing, label: String(n % 10), prediction_id: id, writer });
    }
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop("SIGKILL");
    await project?.remove();
  });

  async function post(path: string, body: unknown): Promise<{ id: string }> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${server.url}/api/v1${path}`, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
    });
    return (await response.json()) as { id: string };
  }

  /** Texts of charts that overlap each other, and sizes of their text in pixels. */
  const inspect = (page: Page) =>
    page.evaluate(() => {
      const shown = (node: Element) => node.getClientRects().length > 0 && node.textContent !== "";
      const overlaps: string[] = [];
      const sizes = new Set<string>();
      const charts = [...document.querySelectorAll(".chart")];
      for (const chart of charts) {
        const words = [
          ...chart.querySelectorAll(".plot text, .plot-name, .chart-note, .chart-legend li, figcaption"),
        ].filter(shown);
        for (const node of chart.querySelectorAll(
          "text, .plot-name, .chart-note, .chart-legend li, figcaption",
        )) {
          sizes.add(getComputedStyle(node).fontSize);
        }
        const boxes = words.map((node) => ({ words: node.textContent, box: node.getBoundingClientRect() }));
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) {
            const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            // A box of text has the height of its line: letters are lower by more than this.
            if (x > 0.5 && y > 5) overlaps.push(`${a.words} / ${b.words}`);
          }
        });
      }
      return {
        charts: charts.length,
        overlaps,
        sizes: [...sizes],
        overflow: document.documentElement.scrollWidth - innerWidth,
      };
    });

  const PAGES = {
    "/models": 2,
    "/models/13": 6,
    "/runs/run-1": 10,
    "/monitoring": 14,
    "/learning?writer=Ann": 1,
  };

  for (const width of [1280, 390]) {
    for (const locale of ["en", "ja"]) {
      test(`have one size of text and nothing that overlaps at ${width} px in ${locale}`, async () => {
        const page = await browser.newPage({ locale, viewport: { width, height: 900 } });
        for (const [path, least] of Object.entries(PAGES)) {
          await page.goto(server.url + path);
          const { charts, ...found } = await inspect(page);
          expect([path, charts >= least, charts]).toEqual([path, true, charts]);
          expect([path, found]).toEqual([path, { overlaps: [], sizes: ["12px"], overflow: 0 }]);
        }
        await page.close();
      }, 60_000);
    }
  }

  test("draw a change of a hundredth of a point as what it is, with its interval", async () => {
    const page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 900 } });
    await page.goto(`${server.url}/models`);
    const chart = page.locator(".chart", { hasText: "MNIST test set" }).first();
    const marks = await chart
      .locator(".chart-mark")
      .evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().top));
    const plot = (await chart.locator(".plot-area").boundingBox())!;
    const rise = Math.abs(marks.at(-1)! - marks.at(-2)!);
    expect(rise).toBeLessThan(plot.height / 50);
    const whisker = await chart
      .locator(".chart-whisker")
      .last()
      .evaluate((line) => line.getBoundingClientRect().height);
    const { low, high } = proportion(9_946, 10_000);
    // Twelve versions differ by a tenth of the width of an interval each.
    expect(whisker / plot.height).toBeGreaterThan(0.1);
    expect(high! - low!).toBeGreaterThan(10 * 0.00001);
    await chart.getByText(/^The axis begins at \d+(\.\d)?.%, not at 0\.$/).waitFor();
    await page.close();
  }, 60_000);
});
