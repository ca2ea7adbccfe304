import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";
import { HOSTILE_ARCHIVES, modelArchive } from "../support/model-archives.ts";
import { templateModel } from "../support/models.ts";

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

type Json = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown) {
  const started = performance.now();
  const response = await fetch(`${server!.url}/api/v1/models${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const json = (await response.json()) as Json;
  return { status: response.status, body: json, ms: performance.now() - started };
}

async function importModel(sharpness: number) {
  const response = await fetch(`${server!.url}/api/v1/models/import?name=m${sharpness}.zip`, {
    method: "POST",
    body: await modelArchive({}, templateModel(sharpness)),
    headers: { "content-type": "application/zip" },
  });
  return { status: response.status, body: (await response.json()) as { version: number } };
}

const page = async (path: string) => (await fetch(`${server!.url}${path}`)).text();

/** A generous bound on a busy machine: alone, both take 50 to 350 ms. */
const MAX_MOVE_MS = 1_000;

test("a model comes in as an archive, is forced live with a trace, and goes away again", async () => {
  server = await startServer(project);
  const imported = [20, 18, 16, 14].map(async (sharpness) => (await importModel(sharpness)).body.version);
  expect((await Promise.all(imported)).toSorted()).toEqual([2, 3, 4, 5]);
  expect((await importModel(20)).status).toBe(409);

  // Without a verdict it needs force, which leaves a trace.
  expect((await call("POST", "/2/promote")).status).toBe(409);
  const forced = await call("POST", "/2/promote", { force: true });
  expect(forced).toMatchObject({ status: 200, body: { forced: true, verdict: null, previous_version: 1 } });
  expect(forced.ms).toBeLessThan(MAX_MOVE_MS);
  for (const path of ["/models", "/models/2", "/models/deployments"]) {
    expect(await page(path)).toContain('<span class="tag tag-forced">Forced</span>');
  }

  // Of several at the same time one wins.
  const versions = [3, 4, 5];
  const raced = await Promise.all(
    versions.map((version) => call("POST", `/${version}/promote`, { force: true, expected_previous: 2 })),
  );
  expect(raced.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const winner = versions[raced.findIndex(({ status }) => status === 200)]!;
  const loser = versions.find((version) => version !== winner)!;

  // A version that becomes damaged is refused with the reason, and the champion stays.
  const { out } = await runCommand(project, ["model", "show", String(loser), "--json"]);
  const { key } = JSON.parse(out) as { key: string };
  await Bun.write(join(project.dir, "data", key, "weights.bin"), "short");
  for (const damaged of [
    await call("POST", `/${loser}/promote`, { force: true }),
    await call("GET", `/${loser}/export`),
  ]) {
    expect(damaged.status).toBe(409);
    expect(damaged.body.detail).toContain("weights.bin: has 5 bytes, but model.json requires 31400");
  }

  // The dialog names what answers afterwards.
  expect(await page("/models")).toContain("Roll back to model 2?");
  const back = await call("POST", "/rollback", { expected_version: 2 });
  expect(back).toMatchObject({ status: 200, body: { version: 2, previous_version: winner } });
  expect(back.ms).toBeLessThan(MAX_MOVE_MS);

  const today = new Date().toISOString().slice(0, 10);
  const { body } = await call("GET", `/deployments?on=${today}`);
  expect((body.deployments as Json[]).map(({ version, action }) => [action, version])).toEqual([
    ["rollback", 2],
    ["promote", winner],
    ["promote", 2],
    ["promote", 1],
  ]);
  expect((await call("DELETE", "/2")).status).toBe(409);
  expect((await call("DELETE", `/${winner}`)).status).toBe(200);
  expect(await page(`/models/${winner}`)).toContain("The files of this version were removed.");
}, 60_000);

test("the command line exports, imports, names and compares versions, next to a running server", async () => {
  server = await startServer(project);
  const run = (...args: string[]) => runCommand(project, ["model", ...args]);
  expect(await run("export", "base")).toMatchObject({ code: 0, err: "" });
  expect(await run("export", "base")).toMatchObject({ code: 2 });
  expect(await run("import", "tegaki-digits-1.zip")).toMatchObject({ code: 1 });

  const file = join(project.dir, "mine.zip");
  await Bun.write(file, await modelArchive());
  expect(await run("import", file)).toMatchObject({ code: 0 });
  expect(await run("alias", "stable", "2")).toMatchObject({ code: 0 });
  expect(await run("alias", "base", "2")).toMatchObject({ code: 2 });
  expect(await run("tag", "stable", "team=kanji")).toMatchObject({ code: 0, out: "team=kanji\n" });
  expect(await run("note", "stable", "for the fair")).toMatchObject({ code: 0 });
  expect((await call("GET", "/2")).body).toMatchObject({
    ...{ aliases: ["stable"], tags: { team: "kanji" }, note: "for the fair", state: "candidate", gate: null },
  });
  const diff = JSON.parse((await run("diff", "base", "stable", "--json")).out) as Json;
  expect(diff).toMatchObject({ versions: [1, 2], files: { is_same_architecture: false } });
  const deployments = JSON.parse((await run("deployments", "--json")).out) as Json[];
  expect(deployments).toMatchObject([{ version: 1, by: "start" }]);
  expect(await run("delete", "2")).toMatchObject({ code: 1 });
}, 60_000);

test.each(HOSTILE_ARCHIVES.slice(0, 8))(
  "model import of an archive with %s exits with 2 and one line, and writes nothing",
  async (_, change, reason) => {
    const file = join(project.dir, "hostile.zip");
    await Bun.write(file, await modelArchive(change));
    const { code, err, out } = await runCommand(project, ["model", "import", file]);
    expect([code, out, err.trim().split("\n").length]).toEqual([2, "", 1]);
    expect(err).toMatch(reason);
    expect(await Bun.file(join(project.dir, "data", "registry")).exists()).toBe(false);
  },
);

test("a catalog entry may name any alias or version", async () => {
  await Bun.write(join(project.dir, "mine.zip"), await modelArchive());
  await runCommand(project, ["model", "import", "mine.zip"]);
  await runCommand(project, ["model", "alias", "stable", "2"]);
  await mkdir(join(project.dir, "conf/local"), { recursive: true });
  const entry = (name: string) => `model: { type: registered_model, ${name} }\n`;
  for (const [name, code] of [
    ["alias: stable", 0],
    ["version: 2", 0],
    ["version: 0", 2],
    ["alias: stable, version: 2", 2],
  ] as const) {
    await Bun.write(join(project.dir, "conf/local/catalog.yml"), entry(name));
    expect(await runCommand(project, ["validate"])).toMatchObject({ code });
  }
}, 60_000);

test("models.keep removes old versions and logs which, and a dry run says so before", async () => {
  const env = { TEGAKI_SERVER__MODELS__KEEP: "1" };
  for (const sharpness of [20, 18]) {
    await Bun.write(join(project.dir, "mine.zip"), await modelArchive({}, templateModel(sharpness)));
    expect((await runCommand(project, ["model", "import", "mine.zip"])).code).toBe(0);
  }
  const dry = await runCommand(project, ["model", "prune", "--dry-run"], env);
  expect(dry.out).toMatch(/^2 {2}registry\/imported-\w+ {2}would be removed\n$/);
  const started = await startServer(project, env);
  server = started;
  await until(
    async () => started.printed(),
    (printed) => printed.includes("the files of old model versions were removed: 2\n"),
  );
  expect((await call("GET", "/2")).body.state).toBe("deleted");
}, 60_000);
