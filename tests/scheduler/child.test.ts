import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { createSpawner } from "../../src/scheduler/child.ts";
import { systemProcesses } from "../../src/scheduler/processes.ts";
import { testNeeding } from "../support/needing.ts";

const COMMAND = [process.execPath, join(import.meta.dir, "child-script.ts")];
const spawnRun = createSpawner({ command: COMMAND, dir: "/project", env: null });
const request = (params: string) => ({ runId: "r1", pipeline: "tuning", params });

test("spawnRun() passes the run's options and lowers the priority", async () => {
  const { stderrTail, code } = await spawnRun(request("report")).exited;
  const { words, priority } = JSON.parse(stderrTail);
  expect(words.join(" ")).toBe("run --pipeline tuning --run-id r1 --dir /project --params-from-stdin");
  expect(priority).toBe(10);
  expect(code).toBe(0);
});

testNeeding(
  TEST_NEEDS.linux,
  "spawnRun() makes the child the one that ends when memory runs out",
  async () => {
    const own = Number(readFileSync("/proc/self/oom_score_adj", "utf8"));
    const { stderrTail } = await spawnRun(request("report")).exited;
    expect(JSON.parse(stderrTail).oomScoreAdj).toBe(Math.min(1_000, Math.max(0, own) + 500));
  },
);

test("spawnRun() passes --env when the server was given one", async () => {
  const spawnInEnv = createSpawner({ command: COMMAND, dir: "/project", env: "prod" });
  const { stderrTail } = await spawnInEnv(request("report")).exited;
  expect(JSON.parse(stderrTail).words).toEqual(
    expect.arrayContaining(["--dir", "/project", "--env", "prod", "--params-from-stdin"]),
  );
});

test("spawnRun() passes the flags that the server gives to all of its runs", async () => {
  const spawnWithFlags = createSpawner({
    command: COMMAND,
    dir: "/project",
    env: null,
    flags: ["--no-user-code"],
  });
  const { stderrTail } = await spawnWithFlags(request("report")).exited;
  expect(JSON.parse(stderrTail).words.join(" ")).toBe(
    "run --pipeline tuning --run-id r1 --dir /project --no-user-code --params-from-stdin",
  );
});

test("spawnRun() passes the part of the pipeline, a flag in one word each", async () => {
  const slice = { tags: ["-v"], from_nodes: ["a", "b c"], nodes: [] };
  const { stderrTail } = await spawnRun({ ...request("report"), slice }).exited;
  expect(JSON.parse(stderrTail).words).toEqual(expect.arrayContaining(["--from-nodes=a,b c", "--tags=-v"]));
});

test("spawnRun() continues a run with --resume, without a pipeline or an environment of its own", async () => {
  const spawnInEnv = createSpawner({ command: COMMAND, dir: "/project", env: "prod" });
  const slice = { nodes: ["a"] };
  const { stderrTail } = await spawnInEnv({ ...request("report"), slice, resume: "r0" }).exited;
  expect(JSON.parse(stderrTail).words.join(" ")).toBe(
    "run --resume=r0 --run-id r1 --dir /project --params-from-stdin",
  );
});

test("spawnRun() passes parameters of any length and with any characters, and none of them on the command line", async () => {
  for (const params of [`a=${"x".repeat(1_000_000)}`, 'a="\\n\u2028\\"', "a=\n"]) {
    const { stderrTail, code } = await spawnRun(request(params)).exited;
    expect([stderrTail, code]).toEqual([String(params.length), 0]);
  }
  expect((await spawnRun({ ...request(""), pipeline: "tuning" }).exited).code).toBe(0);
});

test("spawnRun() gives exit code and the last 4 KB of stderr, whatever the child prints", async () => {
  const { code, signal, stderrTail } = await spawnRun(request("fail")).exited;
  expect([code, signal]).toEqual([3, null]);
  expect(stderrTail.length).toBeLessThanOrEqual(4_096);
  expect(stderrTail).toEndWith("xxx the end");
});

test("spawnRun() gives the signal that ended the child", async () => {
  const child = spawnRun(request("until-stdin-ends"));
  child.kill("SIGKILL");
  expect(await child.exited).toMatchObject({ code: null, signal: "SIGKILL" });
});

test("spawnRun() throws when the executable is not there", () => {
  const spawnNothing = createSpawner({ command: ["/nonexistent/tegaki"], dir: ".", env: null });
  expect(() => spawnNothing(request(""))).toThrow(/ENOENT|no such file/i);
});

test("the child's stdin stays open while the parent lives, and ends when the parent is killed", async () => {
  const parent = Bun.spawn([process.execPath, join(import.meta.dir, "parent-script.ts")], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = parent.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const pid = Number((await reader.read()).value);
  expect(systemProcesses.isAlive({ id: "r1", pid })).toBe(true);
  parent.kill("SIGKILL");
  await parent.exited;
  while (systemProcesses.isAlive({ id: "r1", pid })) await Bun.sleep(10);
  expect(systemProcesses.isAlive({ id: "r1", pid })).toBe(false);
});
