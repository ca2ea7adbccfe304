import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildExecutableWhenStale } from "../../../src/build/build.ts";
import { emptyProject, startServer } from "../../support/executable.ts";

/*
 * From the 500th label to the new model answering, on the executable with the defaults, and what each stage takes:
 *
 *   npm run bench -- learning --data DIR --part loop [--labels 500] [--set unipen1a-dev] [--rounds 1]
 *
 * Writers take turns in the order of the file, so many people are among the labels. Stages are the times of the run's
 * events; a node's time is from its start to its end. The child's processor time tells how much of a stage was waiting
 * for other programs: with the machine to itself, the share is near 1 while one thread works, and 2 on two.
 */

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    labels: { type: "string", default: "500" },
    set: { type: "string", default: "unipen1a-dev" },
    rounds: { type: "string", default: "1" },
  },
});
if (values.data === undefined) throw new Error("--data names the folder of the sets; it is required");
const N = Number(values.labels);
/** Between two looks at the run. */
const POLL_MS = 50;
/** Nodes below this are summed up in one row. */
const SMALL_S = 0.1;

interface Row {
  label: string;
  writer: string;
  w: number;
  h: number;
  strokes: unknown;
}

/** One stage of the loop, in seconds. */
interface Stage {
  name: string;
  seconds: number;
}

/** What a run of the loop took. */
interface Loop {
  stages: Stage[];
  /** From the last label to the end of the run, or to the new model's first answer. */
  seconds: number;
  /** Processor time of the child over the time that it existed. */
  share: number;
  outcome: string;
}

await buildExecutableWhenStale();
const rows = await labelsOf(join(values.data, "dev", `${values.set}.ndjson`));
const loops: Loop[] = [];
for (let round = 0; round < Number(values.rounds); round++) {
  const loop = await runLoop();
  loops.push(loop);
  console.log(`\nround ${round + 1}: ${loop.outcome}, ${loop.seconds.toFixed(1)} s\n`);
  console.log("| stage | s |\n|---|---|");
  for (const { name, seconds } of loop.stages) console.log(`| ${name} | ${seconds.toFixed(2)} |`);
  console.log(`| **in total** | **${loop.seconds.toFixed(2)}** |`);
  console.log(`\nprocessor time of the run over its time: ${loop.share.toFixed(2)}`);
}
const totals = loops.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
console.log(`\nmedian of ${totals.length}: ${totals[Math.floor(totals.length / 2)]!.toFixed(1)} s`);

/** The first `N` drawings, one of each writer in turn. */
async function labelsOf(file: string): Promise<Row[]> {
  const all = (await Bun.file(file).text())
    .trim()
    .split("\n")
    .map((line): Row => JSON.parse(line));
  const turns = new Map<string, number>();
  const turned = all.map((row) => {
    const turn = turns.get(row.writer) ?? 0;
    turns.set(row.writer, turn + 1);
    return { row, turn };
  });
  return turned
    .sort((a, b) => a.turn - b.turn)
    .slice(0, N)
    .map(({ row }) => row);
}

async function runLoop(): Promise<Loop> {
  const project = await emptyProject();
  try {
    await Bun.write(
      join(project.dir, "conf/local/server.yml"),
      JSON.stringify({ scheduler: { triggers: { new_samples: N } } }),
    );
    const server = await startServer(project);
    try {
      for (const row of rows) await send(server.url, "/api/v1/samples", bodyOf(row));
      return await follow(server.url, server.pid, Date.now());
    } finally {
      await server.stop();
    }
  } finally {
    await project.remove();
  }
}

interface Run {
  id: string;
  status: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  model_version: number | null;
  metrics: { gate?: { verdict: string } };
  nodes: { node: string; status: string; started_at: string | null; finished_at: string | null }[];
}

/** @param pid of the server. @param labelledMs the time of the last label. */
async function follow(url: string, pid: number, labelledMs: number): Promise<Loop> {
  let cpuSeconds = 0;
  let run: Run | null = null;
  while (run === null || run.status === "queued" || run.status === "running") {
    await Bun.sleep(POLL_MS);
    const { runs } = await read<{ runs: Run[] }>(url, "/api/v1/runs");
    run = runs[0] ?? null;
    const seconds = await childSeconds(pid);
    cpuSeconds = Math.max(cpuSeconds, seconds ?? 0);
  }
  const endMs = Date.parse(run.finished_at!);
  const details = await read<Run>(url, `/api/v1/runs/${run.id}`);
  const verdict = details.metrics.gate?.verdict ?? "no gate";
  if (run.status !== "done") throw new Error(`The run is ${run.status}; see its page`);
  const liveMs = await untilLive(url, run.model_version);
  const stages = stagesOf(details, labelledMs, endMs);
  if (liveMs !== null) stages.push({ name: "the new model answers", seconds: (liveMs - endMs) / 1000 });
  const runSeconds = (endMs - Date.parse(run.created_at)) / 1000;
  return {
    stages,
    seconds: ((liveMs ?? endMs) - labelledMs) / 1000,
    share: cpuSeconds / runSeconds,
    outcome: `${verdict}${liveMs === null ? ", not live" : ", live"}`,
  };
}

function stagesOf({ created_at, nodes }: Run, labelledMs: number, endMs: number): Stage[] {
  const done = nodes
    .filter(({ started_at, finished_at }) => started_at !== null && finished_at !== null)
    .map(({ node, started_at, finished_at }) => ({
      node,
      from: Date.parse(started_at!),
      to: Date.parse(finished_at!),
    }))
    .sort((a, b) => a.from - b.from);
  const createdMs = Date.parse(created_at);
  const stages: Stage[] = [
    { name: "the last label starts a run", seconds: (createdMs - labelledMs) / 1000 },
    { name: "its process is ready for the first node", seconds: (done[0]!.from - createdMs) / 1000 },
  ];
  let small = 0;
  let between = 0;
  let endOfLast = done[0]!.from;
  for (const { node, from, to } of done) {
    between += Math.max(0, from - endOfLast) / 1000;
    const seconds = (to - Math.max(from, endOfLast)) / 1000;
    if (seconds < SMALL_S) small += Math.max(0, seconds);
    else stages.push({ name: `\`${node}\``, seconds });
    endOfLast = Math.max(endOfLast, to);
  }
  stages.push({ name: `nodes below ${SMALL_S} s`, seconds: small });
  stages.push({ name: "loading, saving and records between nodes", seconds: between });
  stages.push({ name: "the model is registered, the run ends", seconds: (endMs - endOfLast) / 1000 });
  return stages;
}

/** Waits for an answer of the version, for 3 seconds. @returns its time; null when it does not go live. */
async function untilLive(url: string, version: number | null): Promise<number | null> {
  const deadline = Date.now() + 3_000;
  while (version !== null && Date.now() < deadline) {
    const { label: _, writer: __, ...drawing } = bodyOf(rows[0]!);
    const answer = await send<{ model: { version: number } }>(url, "/api/v1/predict", drawing);
    if (answer.model.version === version) return Date.now();
    await Bun.sleep(POLL_MS);
  }
  return null;
}

/** Processor time of the server's child processes in seconds, of all their threads; null when there are none, or no /proc. */
async function childSeconds(pid: number): Promise<number | null> {
  const children = await Promise.all(
    (await readdir(`/proc/${pid}/task`).catch(() => [])).map((thread) =>
      Bun.file(`/proc/${pid}/task/${thread}/children`)
        .text()
        .catch(() => ""),
    ),
  );
  const pids = children.join(" ").split(/\s+/).filter(Boolean);
  const ticks = await Promise.all(
    pids.map(async (child) => {
      const stat = await Bun.file(`/proc/${child}/stat`)
        .text()
        .catch(() => "");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    }),
  );
  return ticks.length === 0 ? null : ticks.reduce((a, b) => a + b, 0) / 100;
}

function bodyOf({ label, writer, w, h, strokes }: Row) {
  // A straight line is cropped to a canvas of width 0, which a request may not have.
  return { strokes, width: Math.max(w, 1), height: Math.max(h, 1), label: String(label), writer };
}

async function send<T>(url: string, path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} responded with ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

async function read<T>(url: string, path: string): Promise<T> {
  return (await (await fetch(url + path)).json()) as T;
}
