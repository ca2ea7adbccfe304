import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, startServer } from "../support/executable.ts";

// How long people wait while another process imports drawings into the same store: `npm run bench -- import`, with
// `--samples 1000000` for the figures of docs/benchmarks.md. Requests are sent at fixed times, whether or not the
// earlier ones have been answered, so that a stall counts for each request that falls into it.

const { values } = parseArgs({ options: { samples: { type: "string", default: "100000" } } });
const SAMPLES = Number(values.samples);
/** Drawings of one writer. */
const PER_WRITER = 50;
const IDLE_S = 15;
/** Requests a second of each kind. */
const RATES = { livez: 20, predict: 50, label: 20 } as const;

type Kind = keyof typeof RATES;
type Project = Awaited<ReturnType<typeof emptyProject>>;

const SHAPES = Array.from({ length: 500 }, (_, n) => drawingOf(n % 10, n + 1));
let drawn = 0;

/** A drawing that no other is identical to: one of 500, on a canvas of another size. */
function nextDrawing() {
  const { strokes, width, height } = SHAPES[drawn % SHAPES.length]!;
  drawn += 1;
  return { strokes, width: width + drawn / 1024, height, label: String((drawn - 1) % 10) };
}

async function writeFile(path: string): Promise<void> {
  const file = createWriteStream(path);
  for (let n = 0; n < SAMPLES; n++) {
    const row = { ...nextDrawing(), writer: `writer ${Math.floor(n / PER_WRITER)}` };
    if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}

/** What was measured of one kind of request. */
interface Measured {
  times: number[];
  /** Responses that were not 2xx, by status, and requests without a response. */
  refused: Map<string, number>;
}

/** Sends requests until `until` resolves. */
async function load(server: RunningServer, until: Promise<unknown>): Promise<Record<Kind, Measured>> {
  const one = (): Measured => ({ times: [], refused: new Map() });
  const measured = { livez: one(), predict: one(), label: one() };
  let isDone = false;
  void until.then(() => {
    isDone = true;
  });
  const pace = async (kind: Kind) => {
    const sent: Promise<void>[] = [];
    const start = performance.now();
    for (let n = 0; !isDone; n++) {
      sent.push(timed(() => request(server, kind), measured[kind]));
      await Bun.sleep(Math.max(0, start + ((n + 1) * 1_000) / RATES[kind] - performance.now()));
    }
    await Promise.all(sent);
  };
  await Promise.all([pace("livez"), pace("predict"), pace("label")]);
  return measured;
}

async function timed(ask: () => Promise<Response>, { times, refused }: Measured): Promise<void> {
  const start = performance.now();
  const status = await ask().then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok ? null : String(response.status);
    },
    (error: Error) => error.message,
  );
  times.push(performance.now() - start);
  if (status !== null) refused.set(status, (refused.get(status) ?? 0) + 1);
}

function request({ url }: RunningServer, kind: Kind): Promise<Response> {
  if (kind === "livez") return fetch(`${url}/livez`);
  const { label, ...drawing } = nextDrawing();
  const body = kind === "label" ? { ...drawing, label, session: "bench" } : drawing;
  return fetch(`${url}/api/v1/${kind === "label" ? "samples" : "predict"}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

function report(what: string, measured: Record<Kind, Measured>): void {
  for (const [kind, { times, refused }] of Object.entries(measured)) {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!.toFixed(1);
    const lost = [...refused].map(([status, n]) => `${n} x ${status}`).join(", ") || "none";
    console.log(
      `${kind}, ${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (n ${times.length}); refused: ${lost}`,
    );
  }
}

/** Lists, pages and checks whose queries see every sample. */
const QUERIES = [
  "/api/v1/samples?limit=200",
  "/api/v1/samples?label=3&split=holdout&limit=200",
  "/api/v1/samples?state=negative",
  "/api/v1/samples?writer=writer%207",
  "/api/v1/scheduler",
  "/readyz",
  "/",
  "/pipelines",
];

async function reportQueries({ url }: RunningServer): Promise<void> {
  for (const path of QUERIES) {
    const measured: Measured = { times: [], refused: new Map() };
    for (let n = 0; n < 5; n++) await timed(() => fetch(url + path), measured);
    const [, , median] = measured.times.toSorted((a, b) => a - b);
    console.log(`GET ${path}: median ${median!.toFixed(1)} ms ${[...measured.refused.keys()].join(", ")}`);
  }
}

async function importFile({ dir, executable }: Project, file: string): Promise<number> {
  const start = performance.now();
  const child = Bun.spawn([executable, "samples", "import", file], {
    cwd: dir,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if ((await child.exited) !== 0) throw new Error("The import failed; see above");
  return (performance.now() - start) / 1000;
}

const project = await emptyProject();
try {
  const file = join(project.dir, "drawings.ndjson");
  await writeFile(file);
  console.log(`${SAMPLES} drawings, ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
  // Training would start on so many labels; it is measured elsewhere.
  await Bun.write(
    join(project.dir, "conf/local/server.yml"),
    "scheduler:\n  min_interval: 86400\n  triggers:\n    new_samples: 100000000\n",
  );
  const server = await startServer(project);
  try {
    report("idle", await load(server, Bun.sleep(IDLE_S * 1_000)));
    const importing = importFile(project, file);
    const measured = await load(server, importing);
    const seconds = await importing;
    console.log(`import: ${seconds.toFixed(1)} s, ${(SAMPLES / seconds).toFixed(0)} drawings/s`);
    report("while importing", measured);
    report("idle, afterwards", await load(server, Bun.sleep(IDLE_S * 1_000)));
    await reportQueries(server);
    const wal = await stat(join(project.dir, "data/tegaki.db-wal"));
    const database = await stat(join(project.dir, "data/tegaki.db"));
    console.log(
      `store: ${(database.size / 1e6).toFixed(0)} MB, write-ahead log ${(wal.size / 1e6).toFixed(0)} MB`,
    );
    console.log(
      `load average: ${loadavg()
        .map((n) => n.toFixed(1))
        .join(", ")}`,
    );
  } finally {
    await server.stop();
  }
} finally {
  await project.remove();
}
