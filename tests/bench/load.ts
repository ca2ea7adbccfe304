import { parseArgs } from "node:util";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, startServer } from "../support/executable.ts";
import { closedLoop, type LoadSummary, openLoop, postOf, type RawRequest } from "./support/load-clients.ts";

// `npm run bench -- load [--connections 50,200,500,3000] [--rate 100] [--seconds 10] [--executable FILE] [--only-rate]
// [--training]`. With --training, the requests at a rate are sent once more while a model is trained from scratch.
// Overload: each connection sends POST /predict again as soon as it has its response, so a server that refuses cheaply is
// asked the more often. The best goodput of all numbers of connections is the baseline; each is measured twice, in turn.
// Rate: that many requests a second whatever the server does, predictions and labels in turn, timed from when each was
// due; 100 are 200 people who draw every four seconds.

const ROUNDS = 2;

const { values } = parseArgs({
  options: {
    connections: { type: "string", default: "20,50,200,500,3000" },
    rate: { type: "string", default: "100" },
    seconds: { type: "string", default: "10" },
    executable: { type: "string" },
    "only-rate": { type: "boolean", default: false },
    training: { type: "boolean", default: false },
  },
});

const counts = values["only-rate"] ? [] : values.connections.split(",").map(Number);
const seconds = Number(values.seconds);
const project = await emptyProject(values.executable);
// Only the training that is asked for.
const server = await startServer(project, { TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "1000000" });
const requests: RawRequest[] = Array.from({ length: 50 }, (_, i) =>
  postOf(server.url, "/api/v1/predict", drawingOf(i % 10, i + 1)),
);
const requestOf = (n: number) => requests[n % requests.length]!;

try {
  await closedLoop(server.url, { connections: 20, seconds: 2, requestOf });
  const perSecondDue = Number(values.rate);
  const drawers = peopleWhoDraw(2 * perSecondDue * seconds);
  await atRate("idle", drawers.slice(0, perSecondDue * seconds));
  if (values.training) {
    const run = await startTraining();
    await atRate("in training", drawers.slice(perSecondDue * seconds));
    await endTraining(run);
  }
  async function atRate(when: string, some: readonly RawRequest[]): Promise<void> {
    const open = await openLoop(server.url, {
      perSecond: perSecondDue,
      seconds,
      requestOf: (n) => some[n]!,
    });
    console.log(
      `${perSecondDue} requests/s for ${seconds} s, ${when}: p50 ${open.p50.toFixed(1)} ms, p99 ${open.p99.toFixed(1)} ms, ${open.accepted} accepted, ${open.refused} refused, ${open.failed} failed`,
    );
  }
  const results = new Map<number, LoadSummary[]>(counts.map((count) => [count, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const connections of counts) {
      results.get(connections)!.push(await closedLoop(server.url, { connections, seconds, requestOf }));
      const afterMs = await timeToAnswer(server.url);
      console.log(`  ${connections} connections, then one request: ${afterMs.toFixed(0)} ms`);
    }
  }
  if (counts.length > 0) report();
  function report(): void {
    const perSecond = (some: readonly LoadSummary[]) =>
      some.reduce((sum, one) => sum + one.accepted / one.seconds, 0) / some.length;
    const best = Math.max(...[...results.values()].map(perSecond));
    console.log("connections | accepted/s | of the best | p50, p99 ms | refused/s | failed");
    for (const [connections, some] of results) {
      const refused = some.reduce((sum, one) => sum + one.refused / one.seconds, 0) / some.length;
      const failed = some.reduce((sum, one) => sum + one.failed, 0);
      const times = some.map(({ p50, p99 }) => `${p50.toFixed(0)}, ${p99.toFixed(0)}`).join("; ");
      console.log(
        `${connections} | ${perSecond(some).toFixed(0)} | ${((100 * perSecond(some)) / best).toFixed(0)} % | ${times} | ${refused.toFixed(0)} | ${failed}`,
      );
    }
  }
} finally {
  await server.stop();
  await project.remove();
}

/** Predictions and labels in turn, each of another drawing. */
function peopleWhoDraw(n: number): RawRequest[] {
  return Array.from({ length: n }, (_, i) => {
    const drawing = drawingOf(i % 10, 1_000 + (i >> 1));
    if (i % 2 === 0) return postOf(server.url, "/api/v1/predict", drawing);
    return postOf(server.url, "/api/v1/samples", {
      ...drawing,
      label: String(i % 10),
      session: `s${i % 200}`,
    });
  });
}

/** Milliseconds from the end of a load until a single request is accepted. */
async function timeToAnswer(url: string): Promise<number> {
  const startMs = performance.now();
  const body = JSON.stringify(drawingOf(3, 1));
  const headers = { "content-type": "application/json" };
  for (;;) {
    const response = await fetch(`${url}/api/v1/predict`, { method: "POST", headers, body });
    await response.arrayBuffer();
    if (response.ok) return performance.now() - startMs;
    await Bun.sleep(20);
  }
}

/** Starts the longest training that there is, and waits until it trains. @returns its id. */
async function startTraining(): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/runs`, {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify({ pipeline: "__default__", params: {} }),
  });
  const { run_id: id } = (await response.json()) as { run_id: string };
  for (;;) {
    const run = await (await fetch(`${server.url}/api/v1/runs/${id}`)).json();
    const { nodes } = run as { nodes: { node: string }[] };
    // The one before the training has a record when it has ended.
    if (nodes.some(({ node }) => node === "split_drawings")) return id;
    await Bun.sleep(200);
  }
}

async function endTraining(id: string): Promise<void> {
  const run = (await (await fetch(`${server.url}/api/v1/runs/${id}`)).json()) as { status: string };
  console.log(`  the training was ${run.status} to the end`);
  await fetch(`${server.url}/api/v1/runs/${id}/cancel`, { method: "POST" });
}
