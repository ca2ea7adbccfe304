import { expect } from "bun:test";
import { join } from "node:path";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { backupProcess } from "../../src/server/backups/backup-process.ts";
import type { Served } from "../../src/server/served.ts";
import { replayProcess } from "../../src/server/trials/replay-process.ts";
import { testNeeding } from "../support/needing.ts";

/** A program that fails with its niceness and how likely Linux is to end it, whatever its arguments are. */
const TELLING = `
  const { readFileSync } = require("node:fs");
  console.error(require("node:os").getPriority() + " " + readFileSync("/proc/self/oom_score_adj", "utf8").trim());
  process.exit(1);
`;

const served = {
  runtime: { command: [process.execPath, "-e", TELLING, "--"] },
  project: { dir: import.meta.dir, env: null, confSource: null },
} as unknown as Served;

testNeeding(
  TEST_NEEDS.linux,
  "backups and replays end before the server does when memory runs out",
  async () => {
    const own = Number((await Bun.file("/proc/self/oom_score_adj").text()).trim());
    const expected = `10 ${Math.min(1_000, Math.max(0, own) + 500)}`;
    const backup = { file: join(import.meta.dir, "none.zip"), kind: "daily", keptUntil: null } as const;
    await expect(backupProcess(served).run(backup)).rejects.toThrow(expected);
    await expect(replayProcess(served).run(1, 10)).rejects.toThrow(expected);
  },
);
