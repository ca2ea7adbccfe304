import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { createLog, type LogRecord } from "../../../src/lib/log.ts";
import type { SchedulerEvent } from "../../../src/scheduler/deps.ts";
import { schedulerLog } from "../../../src/server/log/scheduler-log.ts";
import { MINUTE_MS, settled, World } from "../../scheduler/helpers.ts";
import { FakeClock } from "../../storage/helpers.ts";

/** What the log says of events, without time and module. */
function said(events: readonly SchedulerEvent[]) {
  const records: LogRecord[] = [];
  const tell = schedulerLog(createLog({ clock: new FakeClock(), write: (record) => records.push(record) }));
  for (const event of events) tell(event);
  return records.map(({ level, message, fields }) => ({ level, message, fields }));
}

test("a run is logged when it starts and when it ends, with its pipeline, its status and how long it took", async () => {
  const world = await World.start();
  await world.label(3);
  await world.timers.advance(MINUTE_MS);
  await world.endRun("done");
  const run = { run_id: "run-1", pipeline: "tuning" };
  expect(said(world.events)).toEqual([
    { level: "info", message: "run started", fields: { ...run, started_by: "schedule" } },
    { level: "info", message: "run ended", fields: { ...run, status: "done", duration_ms: MINUTE_MS } },
  ]);
});

test("a run whose process dies is logged as an error, with the end of what the process wrote", async () => {
  const world = await World.start();
  await world.label(3);
  world.child.end({ code: null, signal: "SIGKILL", stderrTail: "out of\nmemory" });
  await settled();
  expect(said(world.events)[1]).toMatchObject({
    level: "error",
    fields: { status: "failed", reason: "The process was ended by SIGKILL: out of memory" },
  });
});

test("a run that is cancelled is logged at info, and why", async () => {
  const world = await World.start();
  await world.label(3);
  await world.scheduler.cancel("run-1", LOCAL);
  expect(said(world.events)[1]).toMatchObject({
    level: "info",
    fields: { status: "cancelled", cancelled_by: "local", reason: "Cancelled" },
  });
});

test("an error that no caller receives is logged", () => {
  const [line] = said([{ type: "error", error: new Error("disk full") }]);
  expect(line).toMatchObject({ level: "error", message: "the scheduler has an error and continues" });
});
