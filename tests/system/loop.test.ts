import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { templateModel } from "../support/models.ts";
import { registerModel } from "../support/registered-model.ts";
import { handDrawing } from "../support/unseen-hands.ts";

// The whole loop on the executable, in the order of these tests: labels arrive by the API, training starts on its own,
// the gate and a live trial decide, a poisoned batch is held, and a worse model that is forced in is taken back.

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer;
beforeAll(async () => {
  project = await emptyProject();
  const settings = {
    promotion: "shadow",
    scheduler: { triggers: { new_samples: 500 }, min_interval: 0 },
    // Two models that are about equally good need thousands of labels for a decision: this trial ends without one.
    trial: { max_labels: 100, without_difference: "promote", false_alarm_rate: 0.001 },
  };
  await Bun.write(join(project.dir, "conf/local/server.yml"), JSON.stringify(settings));
  server = await startServer(project);
});
afterAll(async () => {
  await server?.stop("SIGKILL");
  await project.remove();
});

async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  expect([path, response.ok, response.ok ? "" : await response.text()]).toEqual([path, true, ""]);
  return (await response.json()) as T;
}

const get = async <T>(path: string) => (await (await fetch(server.url + path)).json()) as T;
const page = async (path: string) => (await fetch(server.url + path)).text();

/** Predicts and labels drawings `from` to `to`, as five people do. */
async function label(
  from: number,
  to: number,
  labelOf = (digit: number, _: number) => String(digit),
): Promise<void> {
  for (let i = from; i < to; i++) {
    const drawing = handDrawing(i % 10, 500_000 + i);
    const { id } = await post<{ id: string }>("/api/v1/predict", drawing);
    const writer = `person ${Math.floor(i / 10) % 5}`;
    await post("/api/v1/samples", { ...drawing, label: labelOf(i % 10, i), prediction_id: id, writer });
  }
}

interface Run {
  id: string;
  status: string;
  trigger: string;
  model_version: number | null;
  metrics: { gate?: { verdict: string; summary: { detail: string } } };
}
interface Model {
  version: number;
  aliases: string[];
}
interface Trial {
  kind: string;
  champion: number | null;
  state: string;
  outcome: string | null;
  n: number;
}

const runs = async () => (await get<{ runs: Run[] }>("/api/v1/runs")).runs;
const champion = async () =>
  (await get<{ models: Model[] }>("/api/v1/models")).models.find(({ aliases }) =>
    aliases.includes("champion"),
  )?.version;
const trials = async () => (await get<{ trials: Trial[] }>("/api/v1/trials")).trials;
const endOfRun = (n: number) =>
  until(runs, (all) => all.length >= n && all[0]!.status !== "running" && all[0]!.status !== "queued");

test("500 labels start a training run, whose model passes the gate and waits for a live trial", async () => {
  await label(0, 500);
  const [run] = await endOfRun(1);
  expect(run).toMatchObject({ status: "done", trigger: "new_samples", model_version: 2 });
  expect(["better", "not_worse"]).toContain(run!.metrics.gate!.verdict);
  expect(await champion()).toBe(1);
  expect(await page(`/runs/${run!.id}`)).toContain("MNIST test images and pinned drawings");
  const [trial] = await until(trials, ([newest]) => newest?.state === "running");
  expect(trial).toMatchObject({ kind: "challenge" });
  expect(await page("/models/trials")).toContain("Model 2");
}, 240_000);

test("the challenger scores 100 more labels unseen and goes live, as the trial's rule says", async () => {
  await label(500, 610);
  await until(champion, (version) => version === 2);
  const isPromoted = ({ kind, outcome }: Trial) => kind === "challenge" && outcome === "promoted";
  await until(trials, (all) => all.some(isPromoted));
  expect(await page("/models/deployments")).toContain("Model 2");
  expect(server.printed()).toContain("model 2 is promoted: it is live");
}, 120_000);

test("a batch in which every seven is labelled 1 is held, and everybody sees why", async () => {
  await label(610, 1_010, (digit) => (digit === 7 ? "1" : String(digit)));
  const [run] = await endOfRun(2);
  expect(run!.metrics.gate).toMatchObject({ verdict: "held" });
  const reason = run!.metrics.gate!.summary.detail;
  expect(reason).toMatch(/drawings that the model reads as "7", \d+ are labelled "1"/);
  expect(await champion()).toBe(2);
  expect(await page("/label")).toContain("labelled “1”".replaceAll(/[“”]/g, "&quot;"));
  const counts = await get<{ suspect: number; held: number }>("/api/v1/reviews/counts");
  expect(counts.held).toBeGreaterThan(100);
  expect(counts.suspect).toBeGreaterThan(20);
  expect(server.printed()).toContain(run!.id);
}, 240_000);

test("a worse model that is forced in leaves a trace, and the labels take it back", async () => {
  const model = templateModel();
  const weights = new Float32Array(model.weightData.slice(0));
  for (let at = 0; at < weights.length; at += 10) {
    [weights[at + 3], weights[at + 8]] = [weights[at + 8]!, weights[at + 3]!];
  }
  const worse = { ...model, weightData: weights.buffer };
  await registerModel(project.dir, worse, { state: "rejected", gate: { passed: false, checks: [] } });
  const version = (await get<{ models: Model[] }>("/api/v1/models")).models[0]!.version;
  const refused = await runCommand(project, ["model", "promote", String(version)]);
  expect(refused.code).not.toBe(0);
  expect((await runCommand(project, ["model", "promote", String(version), "--force"])).code).toBe(0);
  await until(champion, (live) => live === version);
  const log = await get<{ deployments: { version: number; forced: boolean; actor: { kind: string } }[] }>(
    "/api/v1/models/deployments",
  );
  expect(log.deployments[0]).toMatchObject({ version, forced: true, actor: { kind: "command_line" } });
  await until(trials, (all) =>
    all.some((one) => one.kind === "watch" && one.state === "running" && one.champion === version),
  );
  // As many as it takes, as people go on drawing: a trial decides on evidence, not on a number of labels.
  for (let from = 1_010; (await champion()) !== 2 && from < 1_410; from += 20) {
    await label(from, from + 20);
    await Bun.sleep(200);
  }
  await until(champion, (live) => live === 2);
  await until(trials, (all) =>
    all.some(({ kind, outcome }) => kind === "watch" && outcome === "rolled_back"),
  );
  const words = `Model ${version} was rolled back to model 2`;
  expect(server.printed()).toContain(words);
  for (const path of ["/", "/runs", "/models/deployments", "/monitoring"])
    expect(await page(path)).toContain(words);
  const after = await get<{ deployments: { action: string; actor: { kind: string } }[] }>(
    "/api/v1/models/deployments",
  );
  expect(after.deployments[0]).toMatchObject({ action: "rollback", actor: { kind: "schedule" } });
}, 240_000);
