import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backUp, makeProject } from "../backup/helpers.ts";
import { emptyProject, runCommand } from "../support/executable.ts";

/* kill -9 in the middle of a backup and of a restore, at moments spread over the time that they take. */

const KILLS = Number(process.env.TEGAKI_BACKUP_KILLS ?? 12);

let project: { dir: string; executable: string };
let elsewhere: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  const empty = await emptyProject();
  ({ remove } = empty);
  project = empty;
  elsewhere = await mkdtemp(join(tmpdir(), "tegaki-kills-"));
  await makeProject(project.dir, 300, "Ann");
});
afterEach(async () => {
  await remove();
  await rm(elsewhere, { recursive: true, force: true });
});

/** Starts a command and kills it after so long. @returns whether it had ended before. */
async function killAfter(ms: number, args: readonly string[]): Promise<boolean> {
  const child = Bun.spawn([project.executable, ...args], {
    cwd: project.dir,
    stdout: "ignore",
    stderr: "ignore",
  });
  await Promise.race([child.exited, Bun.sleep(ms)]);
  child.kill("SIGKILL");
  return (await child.exited) === 0;
}

/** The time that a command takes from its start to its end. */
async function timeOf(args: readonly string[]): Promise<number> {
  const start = performance.now();
  expect(await runCommand(project, args)).toMatchObject({ code: 0 });
  return performance.now() - start;
}

test("a backup that is killed leaves no file of its name, or a complete one", async () => {
  const ms = await timeOf(["backup", join(elsewhere, "first.zip")]);
  let finished = 0;
  for (let n = 0; n < KILLS; n += 1) {
    const file = join(elsewhere, `b${n}.zip`);
    const hasEnded = await killAfter((ms * (n + 1)) / KILLS, ["backup", file]);
    if (hasEnded) finished += 1;
    if (!(await Bun.file(file).exists())) expect(hasEnded).toBe(false);
    else expect(await runCommand(project, ["verify", file])).toMatchObject({ code: 0, err: "" });
  }
  expect(finished).toBeLessThan(KILLS);
  expect(await runCommand(project, ["backup", join(elsewhere, "last.zip")])).toMatchObject({
    code: 0,
    err: "",
  });
  expect(await runCommand(project, ["verify"])).toMatchObject({ code: 0, err: "" });
}, 120_000);

test("a restore that is killed leaves the project as it was, or as the backup was, and never a part", async () => {
  const file = join(elsewhere, "b.zip");
  const other = join(elsewhere, "other");
  await makeProject(other, 200, "Bob");
  await Bun.write(join(other, "conf/local/server.yml"), "log: { level: warning }\n");
  await backUp(other, file);
  const ms = await timeOf(["restore", file, "--dir", join(elsewhere, "timed")]);
  const seen = new Set<number>();
  for (let n = 0; n < KILLS; n += 1) {
    await killAfter(ms * (0.3 + (0.8 * (n + 1)) / KILLS), ["restore", file, "--replace"]);
    const stats = await runCommand(project, ["samples", "stats", "--json"]);
    expect(stats).toMatchObject({ code: 0, err: "" });
    const { total } = JSON.parse(stats.out);
    expect([200, 300]).toContain(total);
    seen.add(total);
    const hasConf = await Bun.file(join(project.dir, "conf/local/server.yml")).exists();
    expect(hasConf).toBe(total === 200);
  }
  expect(await runCommand(project, ["restore", file, "--replace"])).toMatchObject({ code: 0, err: "" });
  expect(await readdir(project.dir)).not.toContain(".tegaki-restore");
  expect(await runCommand(project, ["verify"])).toMatchObject({ code: 0, err: "" });
}, 120_000);
