import { expect, test } from "bun:test";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { finishSwap, STAGING, swap } from "../../src/backup/swap.ts";
import { lockDataDir } from "../../src/storage/lock.ts";
import { withDirectory } from "../storage/helpers.ts";

const MOVES = [
  ["data", "data.replaced-1"],
  [`${STAGING}/data`, "data"],
  ["conf", "conf.replaced-1"],
  [`${STAGING}/conf`, "conf"],
] as const;

async function prepare(dir: string): Promise<void> {
  for (const part of ["data", "conf"]) {
    await Bun.write(join(dir, part, "which"), "old");
    await Bun.write(join(dir, STAGING, part, "which"), "new");
  }
}

async function expectDone(dir: string): Promise<void> {
  for (const part of ["data", "conf"]) {
    expect(await Bun.file(join(dir, part, "which")).text()).toBe("new");
    expect(await Bun.file(join(dir, `${part}.replaced-1`, "which")).text()).toBe("old");
  }
  expect(await readdir(dir)).not.toContain(STAGING);
}

test("finishSwap() finishes the renames after a kill at any of them, and does nothing afterwards", async () => {
  for (let made = 0; made <= MOVES.length; made += 1) {
    await withDirectory(async (dir) => {
      await prepare(dir);
      await Bun.write(join(dir, STAGING, "swap.json"), JSON.stringify(MOVES));
      for (const [from, to] of MOVES.slice(0, made)) await rename(join(dir, from), join(dir, to));
      await finishSwap(dir);
      await expectDone(dir);
      await finishSwap(dir);
      await expectDone(dir);
    });
  }
});

test("swap() gives everything its old name again when one rename fails, and leaves no plan", async () => {
  await withDirectory(async (dir) => {
    await prepare(dir);
    // A name below a file cannot be renamed to.
    const failing = [...MOVES.slice(0, 2), ["conf", "data/which/conf"]] as const;
    await expect(swap(dir, failing)).rejects.toThrow();
    expect(await Bun.file(join(dir, "data/which")).text()).toBe("old");
    expect(await Bun.file(join(dir, "conf/which")).text()).toBe("old");
    await finishSwap(dir);
    expect(await Bun.file(join(dir, "data/which")).text()).toBe("old");
  });
});

test("finishSwap() does not touch what another process is restoring", async () => {
  await withDirectory(async (dir) => {
    await mkdir(join(dir, STAGING));
    const lock = await lockDataDir(join(dir, STAGING));
    await Bun.write(join(dir, STAGING, "swap.json"), "[]");
    try {
      const child = Bun.spawn(
        [
          ...[process.execPath, "-e"],
          `const { finishSwap } = await import(${JSON.stringify(join(import.meta.dir, "../../src/backup/swap.ts"))});
           await finishSwap(${JSON.stringify(dir)}).catch((error) => console.log(error.message));`,
        ],
        { stdout: "pipe" },
      );
      expect(await new Response(child.stdout).text()).toContain("another tegaki is restoring it");
    } finally {
      lock.release();
    }
  });
});
