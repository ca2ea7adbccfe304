import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";

/*
 * Backups of a project that people are labelling in. TEGAKI_BACKUPS=20 makes as many as docs/backup.md promises; by
 * default there are fewer.
 */

const BACKUPS = Number(process.env.TEGAKI_BACKUPS ?? 4);
const LABELS_PER_SECOND = 50;

let project: { dir: string; executable: string };
let elsewhere: string;
let remove: () => Promise<void>;
let server: RunningServer | null = null;
let drawn = 0;
beforeEach(async () => {
  const empty = await emptyProject();
  ({ remove } = empty);
  project = empty;
  elsewhere = await mkdtemp(join(tmpdir(), "tegaki-backups-"));
});
afterEach(async () => {
  await server?.stop("SIGKILL");
  server = null;
  await remove();
  await rm(elsewhere, { recursive: true, force: true });
});

const tegaki = (...args: string[]) => runCommand(project, args);
const at = (name: string) => join(elsewhere, name);

/** Labels another drawing; its id when it is acknowledged. */
async function label(writer: string | null = null): Promise<string> {
  const digit = drawn % 10;
  const response = await fetch(`${server!.url}/api/v1/samples`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ...drawingOf(digit, ++drawn),
      label: String(digit),
      ...(writer === null ? {} : { writer }),
    }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** The ids of the stored drawings, in the order in which they were stored. */
function idsIn(dir: string): string[] {
  const database = new Database(join(dir, "data/tegaki.db"), { readonly: true });
  try {
    return database
      .query<{ id: string }, []>("SELECT id FROM samples ORDER BY arrival")
      .all()
      .map(({ id }) => id);
  } finally {
    database.close();
  }
}

test(`at ${LABELS_PER_SECOND} labels a second, each of ${BACKUPS} backups restores to a prefix of what was acknowledged`, async () => {
  server = await startServer(project);
  const acknowledged: string[] = [];
  let isLabelling = true;
  const labelling = (async () => {
    for (let next = performance.now(); isLabelling; next += 1000 / LABELS_PER_SECOND) {
      acknowledged.push(await label());
      await Bun.sleep(Math.max(0, next - performance.now()));
    }
  })();
  const known: { file: string; before: number; after: number }[] = [];
  for (let n = 0; n < BACKUPS; n += 1) {
    const file = at(`backup-${n}.zip`);
    const before = acknowledged.length;
    expect(await tegaki("backup", file)).toMatchObject({ code: 0, err: "" });
    known.push({ file, before, after: acknowledged.length });
  }
  isLabelling = false;
  await labelling;
  for (const { file, before, after } of known) {
    const dir = `${file}.restored`;
    const restored = await tegaki("restore", file, "--dir", dir);
    expect(restored).toMatchObject({ code: 0, err: "" });
    const ids = idsIn(dir);
    // One more may have been stored and not yet acknowledged.
    expect(ids.length).toBeGreaterThanOrEqual(before);
    expect(ids.length).toBeLessThanOrEqual(after + 1);
    expect(ids).toEqual(acknowledged.slice(0, ids.length));
    expect(await tegaki("verify", "--dir", dir)).toMatchObject({ code: 0, err: "" });
  }
  expect(known.at(-1)!.after).toBeGreaterThan(known[0]!.before);
  expect(await readdir(elsewhere)).toHaveLength(2 * BACKUPS);
}, 300_000);

test("a backup moves a project to another folder: drawings, models and configuration, but no secrets", async () => {
  await Bun.write(join(project.dir, "conf/local/server.yml"), "gate: { threshold: 0.99 }\n");
  await Bun.write(
    join(project.dir, "conf/local/credentials.yml"),
    "hook: { secret: whsec_c2VjcmV0LXZhbHVl }\n",
  );
  await Bun.write(join(project.dir, "conf/local/parameters.yml"), "# whsec_c2VjcmV0LXZhbHVl\n");
  server = await startServer(project);
  const id = await label("Ann");
  const model = await fetch(`${server.url}/api/v1/models/1/export`).then((response) => response.blob());
  await Bun.write(at("model.zip"), model);

  const made = await tegaki("backup", at("b.zip"));
  expect(made.code).toBe(0);
  expect(made.out).toContain("1 drawings");
  expect(made.out).toContain("conf/local/credentials.yml");
  const content = Buffer.from(await Bun.file(at("b.zip")).bytes());
  expect(content.includes("whsec_c2VjcmV0LXZhbHVl")).toBe(false);

  const moved = await tegaki("restore", at("b.zip"), "--dir", at("moved"), "--json");
  expect(moved.code).toBe(0);
  const summary = JSON.parse(moved.out);
  expect(summary.missingSecrets).toEqual(["conf/local/credentials.yml", "conf/local/parameters.yml"]);
  expect(summary.manifest.counts.samples).toBe(1);
  expect(idsIn(at("moved"))).toEqual([id]);
  expect(await Bun.file(at("moved/conf/local/server.yml")).text()).toContain("threshold: 0.99");
  expect((await readdir(at("moved"))).sort()).toEqual(["conf", "data"]);

  const onServed = await tegaki("restore", at("b.zip"), "--replace");
  expect(onServed.code).toBe(1);
  expect(onServed.err).toContain("is using it");
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

  await server.stop();
  const replaced = await tegaki("restore", at("b.zip"), "--replace");
  expect(replaced.code).toBe(0);
  expect(replaced.out).toContain("Kept, because backups have no secrets: conf/local/credentials.yml");
  expect(await Bun.file(join(project.dir, "conf/local/credentials.yml")).text()).toContain("whsec_");
  const names = await readdir(project.dir);
  expect(names.filter((name) => /^(?:data|conf)\.replaced-\d{8}T\d{6}Z$/.test(name))).toHaveLength(2);
  server = await startServer(project);
  expect(await label()).not.toBe(id);
}, 120_000);

test("the server makes scheduled backups while it serves, shows them, and tells of one that fails", async () => {
  const settings = (folder: string) => `backup: { cron: "* * * * * *", folder: ${folder} }\n`;
  await Bun.write(join(project.dir, "conf/local/server.yml"), settings("data/backups"));
  server = await startServer(project);
  await label();
  const [name] = await until(
    async () =>
      (await readdir(join(project.dir, "data/backups")).catch(() => [])).filter((one) =>
        /^weekly-.*Z\.zip$/.test(one),
      ),
    (names) => names.length > 0,
  );
  const page = await until(
    () => fetch(`${server!.url}/server`).then((response) => response.text()),
    (text) => text.includes(`data/backups/${name}`),
  );
  expect(page).toContain("The next one is due at");
  expect(await tegaki("verify", join("data/backups", name!))).toMatchObject({ code: 0, err: "" });
  const forget = await fetch(`${server.url}/api/v1/samples/forget`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ session: "none", dry_run: true }),
  });
  expect(await forget.json()).toMatchObject({ drawings: 0, copies: [] });
  await server.stop();

  await Bun.write(join(project.dir, "conf/local/server.yml"), settings("data/tegaki.db/backups"));
  server = await startServer(project);
  const { notices } = await until(
    async () =>
      (await fetch(`${server!.url}/api/v1/notices`)).json() as Promise<{ notices: { message: string }[] }>,
    (answer) => answer.notices.length > 0,
  );
  expect(notices[0]!.message).toContain("The scheduled backup has failed: Cannot back up to");
  const shown = await fetch(`${server.url}/server`, { headers: { "accept-language": "ja" } });
  expect(await shown.text()).toContain("定期バックアップに失敗しました：");
}, 150_000);

test("tegaki doctor says what is wrong with a project and what to do, and exits with 1", async () => {
  const healthy = await tegaki("doctor", "--json");
  expect(healthy.code).toBe(0);
  const checks = JSON.parse(healthy.out).map(({ check }: { check: string }) => check);
  expect(checks).toEqual(expect.arrayContaining(["simd", "threads", "memory", "kernels", "config", "store"]));
  server = await startServer(project);
  await label();
  expect((await tegaki("doctor")).out).toContain("is serving the project");
  await server.stop();
  server = null;
  const database = new Database(join(project.dir, "data/tegaki.db"));
  database.run("PRAGMA ignore_check_constraints = ON");
  database.run("UPDATE samples SET drawing = '[[', created_at = '2199-01-01T00:00:00.000Z'");
  database.close();
  await Bun.write(join(project.dir, "conf/local/server.yml"), "gat: 1\n");
  const ill = await tegaki("doctor");
  expect(ill.code).toBe(1);
  for (const expected of [
    /PROBLEM +clock .*2199-01-01/,
    /PROBLEM +rows .*column drawing should be JSON/,
    /PROBLEM +config .*gat/,
  ]) {
    expect(ill.out).toMatch(expected);
  }
  expect(ill.err).toContain("3 problems were found");
  const verified = await tegaki("verify", "--json");
  expect(verified.code).toBe(1);
  const { problems } = JSON.parse(verified.out);
  expect(problems.map(({ what }: { what: string }) => what)).toEqual(["rows"]);
  expect(problems[0].action).toContain("tegaki restore FILE --replace");
}, 120_000);
