import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { type Letter, letterOf } from "../support/letter-strokes.ts";

/** Fewer labels than in practice, because these letters are easy. */
const QUICK = { TEGAKI_PARAMETERS__FIRST__EPOCHS: "8", TEGAKI_PARAMETERS__FIRST__IMAGES: "1600" };
/** Seeds of drawings that are never trained on. */
const UNSEEN = [901, 902, 903, 904, 905, 906, 907, 908];

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer;
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  await project.remove();
});

async function post(path: string, body: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const get = async <T>(path: string) => (await (await fetch(`${server.url}${path}`)).json()) as T;
const page = async () => (await fetch(server.url)).text();

interface RunJson {
  pipeline: string;
  status: string;
  error: string | null;
  model_version: number | null;
  metrics: { gate?: { passed: boolean; checks: { name: string; passed: boolean }[] } };
}
const newestRun = async () => (await get<{ runs: RunJson[] }>("/api/v1/runs")).runs[0];

/** Sessions whose hash puts some of them into the holdout. */
async function label(letter: Letter, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const drawing = { ...letterOf(letter, i + 1), label: letter, session: `sitting ${i % 4}` };
    expect((await post("/api/v1/samples", drawing)).status).toBe(201);
  }
}

/** The number of unseen drawings that the server classifies correctly, of eight per letter. */
async function readRight(...letters: Letter[]): Promise<number> {
  const asked = letters.flatMap((letter) => UNSEEN.map((seed) => ({ letter, seed })));
  const read = await Promise.all(
    asked.map(
      async ({ letter, seed }) =>
        (await post("/api/v1/predict", letterOf(letter, seed))).body.label === letter,
    ),
  );
  return read.filter(Boolean).length;
}

async function untilModel(version: number): Promise<RunJson> {
  const run = await until(newestRun, (newest) => newest?.status === "done" || newest?.status === "failed");
  expect([run?.error, run?.metrics.gate?.checks.filter(({ passed }) => !passed)]).toEqual([null, []]);
  await until(
    () => get<{ model: { version: number } | null }>("/readyz"),
    ({ model }) => model?.version === version,
  );
  return run!;
}

test("a project of letters starts with no model, trains one from its labels, and learns another letter without forgetting", async () => {
  const made = await runCommand(project, ["init", ".", "--classes", "a,b,c"]);
  expect([made.code, made.err]).toEqual([0, ""]);
  expect(made.out).toContain("once there are 10 labelled drawings of each, 30 in total");

  server = await startServer(project, QUICK);
  expect(await get("/readyz")).toEqual({ status: "ready", model: null });
  const none = await post("/api/v1/predict", letterOf("a", 1));
  expect([none.status, none.body.detail]).toEqual([
    409,
    expect.stringContaining("10 labelled drawings of each class, 30 in total; there are 0 now"),
  ]);
  expect(await page()).toContain("0 of 30 drawings");

  for (const letter of ["a", "b", "c"] as const) await label(letter, 14);
  const first = await untilModel(1);
  expect(first).toMatchObject({ pipeline: "first", model_version: 1 });
  const before = await readRight("a", "b", "c");
  expect(before).toBeGreaterThanOrEqual(20);
  await server.stop();

  const parameters = join(project.dir, "conf/base/parameters.yml");
  const text = await Bun.file(parameters).text();
  await Bun.write(parameters, text.replace('["a", "b", "c"]', '["w", "a", "b", "c"]'));
  // A project as small as this has fewer held-out drawings than the gate asks for by default.
  await Bun.write(join(project.dir, "conf/local/server.yml"), "gate: { min_samples: 5 }\n");
  server = await startServer(project, QUICK);
  expect(await page()).toContain("The model does not know w yet");
  expect((await post("/api/v1/predict", letterOf("b", 901))).body.label).toBe("b");
  await label("w", 14);
  expect((await post("/api/v1/scheduler/trigger", {})).status).toBe(202);
  const second = await untilModel(2);
  expect(second).toMatchObject({ pipeline: "tuning", model_version: 2 });
  expect(second.metrics.gate?.checks.map(({ name }) => name)).toContain("Old classes not forgotten");

  expect(await readRight("a", "b", "c")).toBeGreaterThanOrEqual(before - 2);
  expect(await readRight("w")).toBeGreaterThanOrEqual(7);
  expect(await page()).not.toContain("does not know");
}, 600_000);

test("a project of letters answers by its labelled drawings as soon as each class has one, and after a restart", async () => {
  expect((await runCommand(project, ["init", ".", "--classes", "a,b,c"])).code).toBe(0);
  server = await startServer(project);
  const sample = (letter: Letter) =>
    post("/api/v1/samples", { ...letterOf(letter, 1), label: letter, writer: `writer of ${letter}` });
  await sample("a");
  await sample("b");
  const early = await post("/api/v1/predict", letterOf("a", 901));
  expect([early.status, early.body.detail]).toEqual([
    409,
    expect.stringContaining("as soon as each class has one that is labelled; there is none of c yet"),
  ]);
  expect(await page()).toContain('data-model="none"');
  await sample("c");
  const answer = await post("/api/v1/predict", letterOf("a", 901));
  expect([answer.status, answer.body]).toEqual([
    200,
    expect.objectContaining({ label: "a", model: { name: "memory", version: 0 } }),
  ]);
  expect(await page()).toContain('data-model="memory"');
  expect(await readRight("a", "b", "c")).toBeGreaterThanOrEqual(20);
  expect(await get("/readyz")).toEqual({ status: "ready", model: null });
  await server.stop();

  server = await startServer(project);
  expect((await post("/api/v1/predict", letterOf("a", 901))).body).toMatchObject({
    label: "a",
    confidence: answer.body.confidence,
  });
  const { samples } = await get<{ samples: { id: string; label: string }[] }>("/api/v1/samples");
  const ofC = samples.find(({ label: of }) => of === "c")!;
  await fetch(`${server.url}/api/v1/samples/${ofC.id}`, { method: "DELETE" });
  expect((await post("/api/v1/predict", letterOf("a", 901))).status).toBe(409);
}, 120_000);

test("invalid classes end the command with 2 and one line, and write nothing", async () => {
  const bad = await runCommand(project, ["init", "letters", "--classes", "a,b b"]);
  expect(bad.code).toBe(2);
  expect(bad.err).toMatch(/^tegaki: --classes: label 2, "b b", must not contain spaces.*\n$/);
  expect(await Bun.file(join(project.dir, "letters/conf/base/parameters.yml")).exists()).toBe(false);
});
