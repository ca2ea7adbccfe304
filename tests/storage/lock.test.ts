import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UnavailableError } from "../../src/lib/errors.ts";
import { lockDataDir } from "../../src/storage/lock.ts";
import { FakeClock, rejectionOf, withDirectory } from "./helpers.ts";

const NOBODY = 65_534;
const clock = new FakeClock();

function startHolder(dir: string, options: { uid?: number } = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "hold-lock.ts"), dir], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
    ...options,
  });
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return { child, firstLine: async () => ((await reader.read()).value ?? "").trim() };
}

test("lockDataDir() creates the directory for its owner only, and release() lets the next one in", async () => {
  await withDirectory(async (dir) => {
    const lock = await lockDataDir(`${dir}/a/data`, clock);
    expect(statSync(`${dir}/a/data`).mode & 0o777).toBe(0o700);
    const second = await rejectionOf(lockDataDir(`${dir}/a/data`, clock));
    expect(second).toBeInstanceOf(UnavailableError);
    expect(second.message).toContain(
      `another tegaki (process ${process.pid}, since 2026-01-02T03:04:05.000Z) is using it`,
    );
    lock.release();
    lock.release();
    (await lockDataDir(`${dir}/a/data`, clock)).release();
    expect(readdirSync(`${dir}/a/data`)).toEqual(["tegaki.lock"]);
  });
});

test("lockDataDir() revokes permissions of others on its own directory", async () => {
  await withDirectory(async (dir) => {
    mkdirSync(`${dir}/data`);
    chmodSync(`${dir}/data`, 0o755);
    (await lockDataDir(`${dir}/data`, clock)).release();
    expect(statSync(`${dir}/data`).mode & 0o777).toBe(0o700);
  });
});

test("lockDataDir() names process and address when another process holds the directory, and not after kill -9", async () => {
  await withDirectory(async (dir) => {
    const holder = startHolder(dir);
    expect(await holder.firstLine()).toBe("held");
    const error = await rejectionOf(lockDataDir(dir, clock));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toMatch(
      new RegExp(`process ${holder.child.pid}, since 2.*Z, on http://127\\.0\\.0\\.1:8000`),
    );
    holder.child.kill("SIGKILL");
    await holder.child.exited;
    (await lockDataDir(dir, clock)).release();
  });
});

test("lockDataDir() refuses a directory that cannot be written, and leaves it as it was", async () => {
  await withDirectory(async (dir) => {
    chmodSync(dir, 0o755);
    mkdirSync(`${dir}/data`);
    chmodSync(`${dir}/data`, 0o555);
    const isRoot = process.getuid?.() === 0;
    const other = startHolder(`${dir}/data`, isRoot ? { uid: NOBODY } : {});
    expect(await other.firstLine()).toBe(
      `UnavailableError: Cannot use the data directory ${dir}/data: this user may not write there. Give it permission, or choose another directory with --dir`,
    );
    await other.child.exited;
    expect(readdirSync(`${dir}/data`)).toEqual([]);
    expect(statSync(`${dir}/data`).mode & 0o777).toBe(0o555);
  });
});

test("lockDataDir() refuses a path that leads through a file", async () => {
  await withDirectory(async (dir) => {
    writeFileSync(`${dir}/file`, "");
    const error = await rejectionOf(lockDataDir(`${dir}/file/data`, clock));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error.message).toContain("a part of the path is a file");
    expect((await rejectionOf(lockDataDir(`${dir}/file`, clock))).message).toContain(
      "a file with this name already exists",
    );
  });
});
