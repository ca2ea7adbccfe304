/** The server of child.test.ts: starts a child, prints its process id, and runs until it is killed. */
import { join } from "node:path";
import { createSpawner } from "../../src/scheduler/child.ts";

const command = [process.execPath, join(import.meta.dir, "child-script.ts")];
const spawnRun = createSpawner({ command, dir: ".", env: null });
const child = spawnRun({ runId: "r1", pipeline: "tuning", params: "until-stdin-ends" });
Bun.gc(true);
console.log(child.pid);
await child.exited;
