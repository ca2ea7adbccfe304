import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CDPSession, Page } from "playwright-core";
import { buildExecutableWhenStale, EXECUTABLE } from "../../src/build/build.ts";
import { launchBrowser } from "../support/browser.ts";
import { emptyProject, startServer } from "../support/executable.ts";
import { median } from "./support/competitor.ts";
import { buildRevision, nameOf } from "./support/revision-executable.ts";

// From a movement of the pen to the end of the frame that shows it, in Chromium without a GPU, at the beginning of a
// stroke and after its first 2,000 points; optionally compared with another revision, whose pages take turns.
//
//   npm run bench -- paint [--against REVISION] [--rounds 3]

const POINTS = 2_000;
/** Points that are measured, at the beginning and at the end. */
const MEASURED = 200;

const { values } = parseArgs({
  options: { against: { type: "string" }, rounds: { type: "string", default: "3" } },
});

/** One movement of the pen. */
interface Paint {
  /** From the event to the end of the frame after it, most of which is the wait for that frame. */
  latencyMs: number;
  /** The main thread's work in that frame. */
  workMs: number;
}

interface Contender {
  name: string;
  url: string;
  stop(): Promise<void>;
  first: Paint[];
  last: Paint[];
}

await buildExecutableWhenStale();
const scratch = await mkdtemp(join(tmpdir(), "tegaki-paint-"));
const baseline = values.against ? await buildRevision(values.against, join(scratch, "baseline")) : null;
const contenders = [await enter(await nameOf().catch(() => "these sources"), EXECUTABLE)];
if (baseline !== null) contenders.push(await enter(await nameOf(values.against), baseline.path));
const browser = await launchBrowser();
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) await measure(contender);
  }
  report();
} finally {
  await browser.close();
  await Promise.all(contenders.map((contender) => contender.stop()));
  await baseline?.remove();
  await rm(scratch, { recursive: true, force: true });
}

async function enter(name: string, executable: string): Promise<Contender> {
  const project = await emptyProject(executable);
  const server = await startServer(project);
  const stop = async () => {
    await server.stop();
    await project.remove();
  };
  return { name, url: server.url, stop, first: [], last: [] };
}

async function measure({ url, first, last }: Contender): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 2 });
  await page.goto(url);
  await page.locator('[data-page="draw"][data-ready="true"]').waitFor();
  await watchFrames(page);
  await drawSpiral(page, await page.context().newCDPSession(page));
  const paints = await page.evaluate(() => (globalThis as unknown as { paints: Paint[] }).paints);
  first.push(...paints.slice(0, MEASURED));
  last.push(...paints.slice(-MEASURED));
  await page.close();
}

/** Records the frames after movements. Its callback in a frame comes before the page's, and its message after it. */
function watchFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    const paints: Paint[] = [];
    Object.assign(globalThis, { paints });
    const listen = (event: PointerEvent) => {
      if (event.buttons === 0) return;
      requestAnimationFrame(() => {
        const startMs = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const endMs = performance.now();
          paints.push({ latencyMs: endMs - event.timeStamp, workMs: endMs - startMs });
        };
        port2.postMessage(null);
      });
    };
    document.addEventListener("pointermove", listen, { capture: true });
  });
}

async function drawSpiral(page: Page, devtools: CDPSession): Promise<void> {
  const box = (await page.locator(".pad canvas").boundingBox())!;
  const send = (type: "mousePressed" | "mouseMoved" | "mouseReleased", i: number) => {
    const radius = 0.05 + (0.4 * i) / POINTS;
    const x = box.x + box.width * (0.5 + radius * Math.cos(i / 20));
    const y = box.y + box.height * (0.5 + radius * Math.sin(i / 20));
    return devtools.send("Input.dispatchMouseEvent", {
      type,
      x,
      y,
      button: "left",
      buttons: 1,
      clickCount: 1,
    });
  };
  await send("mousePressed", 0);
  for (let i = 1; i <= POINTS; i++) await send("mouseMoved", i);
  await send("mouseReleased", POINTS);
}

function report(): void {
  const p99 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)]!;
  const cell = (times: number[]) => `${median(times).toFixed(1)} ms, ${p99(times).toFixed(1)} ms`;
  console.log("| revision | points | event to frame: p50, p99 | work in the frame: p50, p99 |");
  console.log("|---|---|---|---|");
  for (const { name, first, last } of contenders) {
    for (const [points, paints] of [
      ["first 200", first],
      ["1,800 to 2,000", last],
    ] as const) {
      const latency = cell(paints.map(({ latencyMs }) => latencyMs));
      console.log(`| ${name} | ${points} | ${latency} | ${cell(paints.map(({ workMs }) => workMs))} |`);
    }
  }
}
process.exit(0);
