import { expect, test } from "bun:test";
import { join } from "node:path";
import { systemProcesses } from "../../src/scheduler/processes.ts";

/** A process with this command line, which lives until its input ends; resolves when it has begun. */
async function start(...words: string[]) {
  const script = join(import.meta.dir, "child-script.ts");
  const child = Bun.spawn([process.execPath, script, ...words, "--params", "until-stdin-ends"], {
    stdin: "pipe",
    stderr: "pipe",
  });
  await child.stderr.getReader().read();
  return child;
}

test("isAlive() knows the process of its own run, and not that of another run with the same number", async () => {
  const { pid, exited } = await start("run", "--run-id", "r1");
  expect(systemProcesses.isAlive({ id: "r1", pid })).toBe(true);
  if (process.platform === "linux") expect(systemProcesses.isAlive({ id: "r2", pid })).toBe(false);
  systemProcesses.kill(pid, "SIGKILL");
  await exited;
  expect(systemProcesses.isAlive({ id: "r1", pid })).toBe(false);
  systemProcesses.kill(pid, "SIGTERM");
});

test("isAlive() takes a run typed in a terminal, which names no id, and no other command", async () => {
  const typed = await start("run");
  const other = await start("samples");
  expect(systemProcesses.isAlive({ id: "r1", pid: typed.pid })).toBe(true);
  if (process.platform === "linux") expect(systemProcesses.isAlive({ id: "r1", pid: other.pid })).toBe(false);
  for (const child of [typed, other]) {
    child.kill("SIGKILL");
    await child.exited;
  }
});

test("isAlive() is false for this very process: its number was used by a run before it started", () => {
  expect(systemProcesses.isAlive({ id: "r1", pid: process.pid })).toBe(false);
});
