import { afterEach, beforeEach, expect, test } from "bun:test";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { templateModel } from "../support/models.ts";
import { registerModel } from "../support/registered-model.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer | null = null;
beforeEach(async () => {
  project = await emptyProject();
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  server = null;
  await project.remove();
});

/** Registers a model that takes every 3 for an 8 and every 8 for a 3, and all other check digits for what they are. */
async function registerWorse(): Promise<void> {
  const model = templateModel();
  const weights = new Float32Array(model.weightData.slice(0));
  for (let at = 0; at < weights.length; at += 10) {
    [weights[at + 3], weights[at + 8]] = [weights[at + 8]!, weights[at + 3]!];
  }
  const worse = { ...model, weightData: weights.buffer };
  await registerModel(project.dir, worse, { state: "rejected", gate: { passed: false, checks: [] } });
}

async function post(path: string, body: unknown): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${server!.url}${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as Record<string, unknown>;
}

const get = async <T>(path: string) => (await (await fetch(`${server!.url}${path}`)).json()) as T;
type Trials = { trials: { kind: string; state: string; outcome: string | null; n: number }[] };
const trials = async () => (await get<Trials>("/api/v1/trials")).trials;

test("a worse model that is forced in is rolled back by the labels, across a restart, and is seen everywhere", async () => {
  expect((await runCommand(project, ["model", "list"])).code).toBe(0);
  await registerWorse();
  server = await startServer(project);
  expect((await runCommand(project, ["model", "promote", "2", "--force"])).code).toBe(0);
  await until(trials, ([newest]) => newest?.kind === "watch" && newest.state === "running");
  const labelled = async (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const digit = i % 2 === 0 ? 3 : 8;
      const drawing = drawingOf(digit, i + 1);
      const { id, label } = await post("/api/v1/predict", drawing);
      expect(label).toBe(String(11 - digit));
      await post("/api/v1/samples", { ...drawing, label: String(digit), prediction_id: id });
    }
  };
  await labelled(0, 10);
  await until(trials, ([newest]) => newest!.n === 10);
  await server.stop();
  server = await startServer(project);
  await labelled(10, 20);
  await until(trials, ([newest]) => newest!.outcome === "rolled_back");
  const { models } = await get<{ models: { version: number; aliases: string[] }[] }>("/api/v1/models");
  expect(models.find(({ aliases }) => aliases.includes("champion"))?.version).toBe(1);
  const words =
    "Model 2 was rolled back to model 1: of 20 labelled drawings, 20 were classified correctly only by model 1";
  expect(server.printed()).toContain(words);
  expect(await (await fetch(`${server.url}/`)).text()).toContain(words);
  expect(await get("/api/v1/notices")).toMatchObject({ notices: [{ id: 1 }] });
  await post("/api/v1/notices/1/acknowledge", {});
  expect(await (await fetch(`${server.url}/`)).text()).not.toContain(words);
  const replay = await runCommand(project, ["model", "replay", "2", "--last", "100", "--json"]);
  expect(JSON.parse(replay.out)).toMatchObject({
    version: 2,
    champion: 1,
    n: 20,
    championOnly: 20,
    otherOnly: 0,
  });
  await post("/api/v1/models/2/replay", { last: 20 });
  type Replay = { state: string; result: { classes: Record<string, unknown> } };
  const done = await until(
    () => get<Replay>("/api/v1/models/2/replay"),
    ({ state }) => state !== "running",
  );
  expect(done).toMatchObject({ state: "done", result: { champion_only: 20, classes: { "3": { n: 10 } } } });
  const refused = await runCommand(project, ["model", "trial", "2"]);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("rolled back automatically")]);
  expect((await runCommand(project, ["model", "replay", "2", "--last", "0"])).code).toBe(2);
  expect((await runCommand(project, ["model", "trials"])).out).toContain(
    "model 2 watched by 1  rolled_back  20 labels",
  );
}, 60_000);
