import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decode } from "fast-png";
import type { Browser, Page } from "playwright-core";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { launchBrowser, problemsOf } from "../support/browser.ts";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { describeNeeding } from "../support/needing.ts";

const NODES = ["gather", "measure", "report"];

/** A project's own pipeline that runs as fast as the test lets it: it waits for a file, and fails with 13 epochs. */
const watched = (gate: string) => `import { existsSync } from "node:fs";
import { node, pipeline } from "tegaki";

async function gather(epochs: number): Promise<number> {
  while (!existsSync(${JSON.stringify(gate)})) await Bun.sleep(10);
  return epochs;
}
function measure(epochs: number): number {
  if (epochs === 13) throw new RangeError("13 drawings are not to be measured");
  return epochs;
}
export const createPipeline = () =>
  pipeline([
    node({ name: "gather", func: gather, inputs: "params:tuning_epochs", outputs: "drawings" }),
    node({ name: "measure", func: measure, inputs: "drawings", outputs: "ink" }),
    node({ name: "report", func: (ink: number) => ({ ink }), inputs: "ink", outputs: "ink_report" }),
  ]);
`;

/** A chain of more nodes than are drawn at once. */
const MANY = `import { node, pipeline } from "tegaki";

const one = (value) => value;
export const createPipeline = () =>
  pipeline(
    Array.from({ length: 1_200 }, (_, i) =>
      node({ name: \`m\${i}\`, func: one, inputs: i === 0 ? "params:epochs" : \`o\${i - 1}\`, outputs: \`o\${i}\` }),
    ),
  );
`;

describeNeeding(TEST_NEEDS.chromium, "the pipelines page", () => {
  let browser: Browser;
  let project: Awaited<ReturnType<typeof emptyProject>>;
  let server: RunningServer;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    project = await emptyProject();
    await Bun.write(join(project.dir, "src/pipelines/watched/pipeline.ts"), watched(gate()));
    await Bun.write(join(project.dir, "src/pipelines/many/pipeline.ts"), MANY);
    server = await startServer(project, {}, 0, ["--load-code"]);
    for (let i = 0; i < 8; i++) await postLabel(String(i), i);
  }, 60_000);
  afterAll(async () => {
    await server?.stop("SIGKILL");
    await project?.remove();
    await browser?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: "en", viewport: { width: 1280, height: 860 } });
    problems = problemsOf(page);
  });
  afterEach(async () => {
    await page?.close();
    // A failed test must not leave a run to the next one.
    await letGoOn();
    await until(unfinishedRuns, (runs) => runs.length === 0);
    await rm(gate(), { force: true });
  });

  const gate = () => join(project.dir, "go-on");
  const letGoOn = () => Bun.write(gate(), "");
  async function unfinishedRuns(): Promise<unknown[]> {
    const answer = await fetch(`${server.url}/api/v1/runs?status=running`);
    return ((await answer.json()) as { runs: unknown[] }).runs;
  }
  async function startRun(epochs: number): Promise<string> {
    const response = await fetch(`${server.url}/api/v1/runs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ pipeline: "watched", params: { tuning_epochs: epochs } }),
    });
    expect(response.status).toBe(202);
    return ((await response.json()) as { run_id: string }).run_id;
  }
  async function postLabel(label: string, writer: number): Promise<void> {
    const { strokes, width, height } = drawingOf(Number(label), writer + 1);
    const response = await fetch(`${server.url}/api/v1/samples`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ strokes, width, height, label, writer: `w${writer % 4}` }),
    });
    expect(response.status).toBe(201);
  }
  async function open(query: string): Promise<void> {
    await page.goto(`${server.url}/pipelines?${query}`);
    await ready();
  }
  const ready = () => page.locator('#graph-view[data-ready="true"]').waitFor();
  const element = (key: string) => page.locator(`.g-el[data-key="${key}"]`);
  /** The accessible name without duration and progress, which are between name and state. */
  const stateOf = async (name: string) => {
    const [first, ...rest] = ((await element(`node:${name}`).getAttribute("aria-label")) ?? "").split(", ");
    return [first, ...rest.slice(-1)].join(", ");
  };
  const states = () => Promise.all(NODES.map(stateOf));
  /** Waits until the picture shows the node in this state, without sleeping. */
  const nodeIs = (name: string, state: string, on: Page = page) =>
    on
      .locator(`.g-el[data-key="node:${name}"][aria-label^="Node ${name}"][aria-label$=", ${state}"]`)
      .waitFor();
  const runIs = (word: string, on: Page = page) => on.locator(".g-run-status").getByText(word).waitFor();

  test("starts a run by the form, shows it live on picture and list, and replays it", async () => {
    await open("pipeline=watched");
    await page.getByRole("button", { name: "Run…" }).click();
    await page.getByLabel("tuning_epochs").fill("many,times");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText(/must be a whole number.*found "many,times"/).waitFor();
    await page.getByLabel("tuning_epochs").fill("1");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL(/pipeline=watched&run=/);
    await ready();
    // The page is not reloaded from here on: all changes are live.
    await page.evaluate("window.isSamePage = true");
    await nodeIs("gather", "Running");
    expect(await states()).toEqual(["Node gather, Running", "Node measure, Pending", "Node report, Pending"]);
    await letGoOn();
    await runIs("Done");
    expect(await page.evaluate("window.isSamePage")).toBe(true);
    expect(await states()).toEqual(NODES.map((name) => `Node ${name}, Done`));
    expect(await page.locator('[data-state-of="measure"]').textContent()).toBe("Done");

    const slider = page.getByRole("slider");
    const count = Number(await slider.getAttribute("max"));
    expect(count).toBeGreaterThanOrEqual(2 * NODES.length + 2);
    await slider.fill("0");
    expect(await states()).toEqual(NODES.map((name) => `Node ${name}, Pending`));
    await page.getByRole("button", { name: "Replay" }).click();
    await nodeIs("gather", "Running");
    await nodeIs("report", "Done");
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    expect(await slider.getAttribute("aria-valuetext")).toBe(`Event 1 of ${count}`);
    // The browser logs every refused form.
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  }, 60_000);

  test("a failing node shows the reason in its panel, and the nodes after it are not run, in two tabs", async () => {
    await open("pipeline=watched&select=node:measure");
    const other = await browser.newPage({ locale: "en" });
    await other.goto(page.url());
    await other.locator('#graph-view[data-ready="true"]').waitFor();
    await startRun(13);
    await nodeIs("gather", "Running");
    await nodeIs("gather", "Running", other);
    await letGoOn();
    for (const tab of [page, other]) {
      await runIs("Failed", tab);
      await nodeIs("measure", "Failed", tab);
      await nodeIs("report", "Pending", tab);
      await tab.locator(".g-panel .alert").getByText("13 drawings are not to be measured").waitFor();
    }
    await other.close();
    expect(problems).toEqual([]);
  }, 60_000);

  test("a cancelled run shows where it stopped", async () => {
    await open("pipeline=watched");
    const id = await startRun(1);
    await nodeIs("gather", "Running");
    const cancelled = await fetch(`${server.url}/api/v1/runs/${id}/cancel`, { method: "POST" });
    expect(cancelled.ok).toBe(true);
    await runIs("Cancelled");
    await nodeIs("gather", "Cancelled");
    await nodeIs("measure", "Pending");
    expect(problems).toEqual([]);
  }, 60_000);

  test("shows that the server is gone, and catches up with a run once it is back", async () => {
    await open("pipeline=watched");
    const stale = page.locator("#graph-stale");
    const { port } = new URL(server.url);
    await server.stop("SIGKILL");
    await stale.waitFor();
    server = await startServer(project, {}, Number(port), ["--load-code"]);
    await letGoOn();
    await startRun(2);
    await stale.waitFor({ state: "hidden" });
    await nodeIs("report", "Done");
    await runIs("Done");
    // The browser logs each lost connection.
    expect(problems.filter((problem) => !problem.includes("net::ERR"))).toEqual([]);
  }, 60_000);

  test("the keyboard alone finds, selects, follows connections, zooms and closes", async () => {
    await open("pipeline=tuning");
    await page.keyboard.press("/");
    await page.keyboard.type("fine");
    expect(await page.locator("[data-find]:visible").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.locator(".g-panel").getByText("src/pipelines/ft/nodes.ts").waitFor();
    expect(page.url()).toContain("select=node%3Afine_tune");
    const focused = () => page.evaluate("document.activeElement.dataset.key");
    expect(await focused()).toBe("node:fine_tune");
    await page.keyboard.press("ArrowDown");
    const made = await focused();
    expect(made).toMatch(/^dataset:.*tune_model$/);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toMatch(/^node:/);
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe(made);
    await page.keyboard.press("Enter");
    await page.locator("#graph-panel-title").getByText(/./).waitFor();
    const width = async () => Number(await page.locator("#graph-svg").getAttribute("width"));
    const before = await width();
    for (let i = 0; i < 6; i++) await page.keyboard.press("+");
    expect(await width()).toBeGreaterThan(before);
    expect(await page.locator("#graph-map").isVisible()).toBe(true);
    await page.keyboard.press("0");
    expect(await width()).toBeLessThanOrEqual(before + 1);
    await page.keyboard.press("Escape");
    await page.locator(".g-panel").waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  }, 60_000);

  test("filters, focus and going back change the picture without reloading the page", async () => {
    await open("pipeline=tuning");
    await page.evaluate("window.isSamePage = true");
    await page.getByRole("link", { name: "#evaluation" }).click();
    await element("node:fine_tune").waitFor({ state: "detached" });
    await page.goBack();
    await element("node:fine_tune").waitFor();
    await element("node:fine_tune").click();
    await page.locator(".g-panel").getByRole("link", { name: "Upstream" }).click();
    await element("node:evaluate_candidate").waitFor({ state: "detached" });
    await page.getByText("Command", { exact: true }).click();
    await page
      .locator(".g-slice")
      .getByText(/tegaki run --pipeline tuning --nodes [^ ]*screen_labels[^ ]*,fine_tune/)
      .waitFor();
    await page.getByRole("link", { name: "Reset" }).click();
    await element("node:evaluate_candidate").waitFor();
    await page.getByRole("link", { name: "Parameters", exact: true }).click();
    await element("parameter:params:tuning_epochs").waitFor();
    await page.locator(".g-el", { hasText: "app_data" }).click();
    await page.locator(".g-panel img").waitFor();
    expect(await page.evaluate("window.isSamePage")).toBe(true);
    expect(problems).toEqual([]);
  }, 60_000);

  test("just the selected node runs, from the panel, and its run shows the command that repeats it", async () => {
    await open("pipeline=tuning");
    await element("node:split_mnist").click();
    const runOnly = page.getByRole("button", {
      name: "Run… tegaki run --pipeline tuning --nodes split_mnist",
    });
    await runOnly.click();
    await page.getByRole("radio", { name: "Only this split_mnist" }).and(page.locator(":checked")).waitFor();
    await page.getByLabel("validation_split", { exact: true }).fill("a,b");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText(/must be a number.*found "a,b"/).waitFor();
    expect(await page.getByLabel("validation_split", { exact: true }).inputValue()).toBe("a,b");
    expect(await page.getByRole("radio", { name: "Only this split_mnist" }).isChecked()).toBe(true);
    await page.getByLabel("validation_split", { exact: true }).fill("0.2");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL(/select=node%3Asplit_mnist&run=/);
    await ready();
    await page.locator(".g-run-status").getByText("Done").waitFor();
    expect(await stateOf("split_mnist")).toBe("Node split_mnist, Done");
    // The run has no other node.
    expect(await stateOf("fine_tune")).toBe("Node fine_tune");
    await page.locator("#graph-run").getByRole("link", { name: "View run" }).click();
    await page.getByText("tegaki run --pipeline tuning --nodes split_mnist").first().waitFor();
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  }, 60_000);

  test("two fingers zoom around the point between them, one finger moves the picture", async () => {
    await page.close();
    page = await browser.newPage({ locale: "en", viewport: { width: 820, height: 900 }, hasTouch: true });
    problems = problemsOf(page);
    await open("pipeline=tuning");
    const touch = await page.context().newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    await page.locator("#graph-port").scrollIntoViewIfNeeded();
    // Three times the zoom at which it opens would be beyond the largest one.
    for (let i = 0; i < 2; i++) await page.locator("#graph-port").press("-");
    const box = (await page.locator("#graph-port").boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
    const apart = (px: number) => [
      { x: x - px, y },
      { x: x + px, y },
    ];
    /** The part of the picture between the fingers, and its zoom. */
    const look = () =>
      page.evaluate<{ x: number; y: number; zoom: number }>(`(() => {
        const matrix = document.querySelector("#graph-svg").getScreenCTM();
        const point = new DOMPoint(${x}, ${y}).matrixTransform(matrix.inverse());
        return { x: point.x, y: point.y, zoom: matrix.a };
      })()`);
    const before = await look();
    await send("touchStart", apart(40));
    for (const px of [60, 80, 100, 120]) await send("touchMove", apart(px));
    await send("touchEnd", []);
    const zoomed = await look();
    expect(zoomed.zoom / before.zoom).toBeCloseTo(3, 1);
    expect(Math.abs(zoomed.x - before.x)).toBeLessThan(2);
    expect(Math.abs(zoomed.y - before.y)).toBeLessThan(2);
    await send("touchStart", [{ x, y }]);
    for (let i = 1; i <= 10; i++) await send("touchMove", [{ x: x - 8 * i, y }]);
    await send("touchEnd", []);
    const panned = await look();
    expect(panned.zoom).toBe(zoomed.zoom);
    expect(panned.x).toBeGreaterThan(zoomed.x + 20 / zoomed.zoom);
    await send("touchStart", apart(120));
    for (const px of [90, 60, 40]) await send("touchMove", apart(px));
    await send("touchEnd", []);
    expect((await look()).zoom).toBeCloseTo(before.zoom, 1);
    expect(page.url()).not.toContain("select=");
    expect(problems).toEqual([]);
  }, 60_000);

  test("the picture as a file looks the same without the page, in a light or dark scheme", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await open("pipeline=tuning&kind=node&kind=dataset&kind=parameter");
    for (let i = 0; i < 4; i++) await page.locator("#graph-port").press("+");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as SVG" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("tuning.svg");
    const file = join(project.dir, "tuning.svg");
    await download.saveAs(file);
    const text = await Bun.file(file).text();
    expect(text).not.toMatch(/href|class=|data-|style=|var\(|<script/);
    const shown = await page.evaluate<Record<string, string>>(`(() => {
      const fill = (selector) => getComputedStyle(document.querySelector(selector)).fill;
      return { node: fill(".g-node .g-shape"), name: fill(".g-node .g-name"), seal: fill(".g-node .g-seal") };
    })()`);
    const names = await page.locator("#graph-svg .g-name").allTextContents();
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(pathToFileURL(file).href);
    const saved = await page.evaluate<Record<string, string>>(`(() => {
      const name = [...document.querySelectorAll("text")].find((one) => one.textContent === "fine_tune");
      const within = (selector) => getComputedStyle(name.parentElement.querySelector(selector)).fill;
      return { node: within("rect"), name: getComputedStyle(name).fill, seal: within("path") };
    })()`);
    expect(saved).toEqual(shown);
    const texts = await page.locator("text").allTextContents();
    expect(names.filter((name) => !texts.includes(name))).toEqual([]);
    expect(problems).toEqual([]);
  }, 60_000);

  test("works without script, a page at a time", async () => {
    const plain = await browser.newPage({ locale: "en", javaScriptEnabled: false });
    await plain.goto(`${server.url}/pipelines?pipeline=tuning`);
    await plain.locator('.g-el[data-key="node:fine_tune"]').click();
    await plain.getByText("src/pipelines/ft/nodes.ts").waitFor();
    await plain.getByRole("link", { name: "#data" }).click();
    expect(await plain.locator('.g-el[data-key="node:split_mnist"]').count()).toBe(1);
    expect(await plain.locator('.g-el[data-key="node:fine_tune"]').count()).toBe(0);
    await plain.close();
  }, 60_000);

  test("a phone shows the list first and nothing needs sideways scrolling, in Japanese too", async () => {
    await page.close();
    page = await browser.newPage({
      locale: "ja",
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    });
    problems = problemsOf(page);
    await open("pipeline=tuning");
    const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
    expect(await top("#graph-list")).toBeLessThan(await top("#graph-port"));
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(overflow)).toBe(0);
    await page.locator('[data-find="fine_tune"] .g-item .g-link').tap();
    await page.locator(".g-panel").getByText("前回の実行").waitFor();
    await page.locator(".g-close").tap();
    await page.locator(".g-panel").waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  }, 60_000);

  test("the picture as PNG has its pixels, twice as sharp as at its natural size", async () => {
    await open("pipeline=watched");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as PNG" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("watched.png");
    const file = join(project.dir, "watched.png");
    await download.saveAs(file);
    const { width, height, data, channels } = decode(await Bun.file(file).bytes());
    const svg = page.locator("#graph-svg");
    const natural = await page.evaluate<number[]>(`(() => {
      const boxes = [...document.querySelectorAll(".g-el")].map((one) => one.getBBox());
      return [Math.max(...boxes.map(({ width }) => width)), boxes.length];
    })()`);
    expect(await svg.getAttribute("data-orientation")).toBe("down");
    expect(width).toBeGreaterThan(2 * natural[0]!);
    expect(height).toBeGreaterThan(2 * 40 * natural[1]!);
    // The seal of a node is dark, the ground is light.
    const values = Array.from({ length: width * height }, (_, i) => data[i * channels]!);
    expect(Math.min(...values.filter((_, i) => i % 7 === 0))).toBeLessThan(60);
    expect(values[0]).toBeGreaterThan(200);
    expect(problems).toEqual([]);
  }, 60_000);

  test("the picture flows to the right on request, and arrow keys follow it", async () => {
    await open("pipeline=watched");
    await page.getByRole("link", { name: "Left to right" }).click();
    await page.locator('#graph-svg[data-orientation="right"]').waitFor();
    expect(page.url()).toContain("orientation=right");
    const focused = () => page.evaluate<string>("document.activeElement?.dataset.key");
    await element("node:gather").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("dataset:drawings");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("dataset:ink");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("node:measure");
    expect(problems).toEqual([]);
  }, 60_000);

  test("the overview map shows where the reader is, moves there, and can be switched off", async () => {
    await open("pipeline=tuning&kind=node&kind=dataset&kind=parameter");
    for (let i = 0; i < 5; i++) await page.locator("#graph-port").press("+");
    const map = page.locator("#graph-map");
    const scrolled = () => page.evaluate<number>(`document.querySelector("#graph-port").scrollTop`);
    await map.click({ position: { x: 80, y: 4 } });
    const above = await scrolled();
    await page.mouse.down();
    await page.mouse.move(0, 0);
    await page.mouse.up();
    await map.click({ position: { x: 80, y: 100 } });
    expect(await scrolled()).toBeGreaterThan(above);
    await page.getByRole("button", { name: "Overview map" }).click();
    expect(await map.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Overview map" }).click();
    expect(await map.isVisible()).toBe(true);
    expect(problems).toEqual([]);
  }, 60_000);

  test("a pipeline of 1,200 nodes opens as a list that the server searches, and is drawn on request", async () => {
    await open("pipeline=many");
    expect(await page.locator("#graph-svg").count()).toBe(0);
    expect(await page.locator('[data-find^="m"]').count()).toBe(200);
    await page
      .getByRole("navigation", { name: "Pages of the list" })
      .first()
      .getByRole("link", { name: "Next" })
      .click();
    await page.locator('[data-find="m200"]').waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("m1199");
    await page.locator('[data-find="m1199"]').waitFor();
    expect(await page.locator('[data-find^="m"]').count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=m1199/);
    await ready();
    await page.locator('[data-find="m1199"] .g-item .g-link').click();
    await page.locator(".g-panel").getByText("src/pipelines/many/pipeline.ts").waitFor();
    await page.getByRole("link", { name: "Draw the graph" }).click();
    await element("node:m1199").waitFor({ state: "attached" });
    expect(page.url()).toContain("draw=on");
    expect(problems).toEqual([]);
  }, 60_000);

  test("tegaki viz build writes a site that opens from disk and shows the same", async () => {
    const { code, out } = await runCommand(project, [
      "viz",
      "build",
      "--output",
      "site",
      "--include-previews",
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining("The graph of 11 pipelines is in")]);
    await page.goto(pathToFileURL(join(project.dir, "site/index.html")).href);
    await ready();
    await page.getByRole("link", { name: "tuning", exact: true }).click();
    await element("node:fine_tune").click();
    await page.locator(".g-panel").getByText("src/pipelines/ft/nodes.ts").waitFor();
    await page.locator(".g-panel").getByRole("link", { name: "Downstream" }).click();
    await element("node:split_mnist").waitFor({ state: "detached" });
    await page.goBack();
    await element("node:split_mnist").waitFor();
    await page.getByRole("link", { name: "日本語" }).click();
    await ready();
    expect(await page.title()).toBe("パイプライン – tegaki");
    expect(problems).toEqual([]);
  }, 60_000);
});
