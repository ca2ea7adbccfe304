import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { drawingOf } from "../support/digit-strokes.ts";
import { emptyProject, type RunningServer, runCommand, startServer, until } from "../support/executable.ts";

let project: Awaited<ReturnType<typeof emptyProject>>;
let server: RunningServer | null = null;
beforeAll(async () => {
  project = await emptyProject();
});
afterAll(async () => {
  await server?.stop("SIGKILL");
  await project.remove();
});

const ENV = {
  TEGAKI_SERVER__SCHEDULER__TRIGGERS__NEW_SAMPLES: "3",
  TEGAKI_SERVER__SCHEDULER__APPROVAL: "run",
  TEGAKI_SERVER__SCHEDULER__QUIET_HOURS: "00:00-00:01",
  TEGAKI_SERVER__SCHEDULER__TIME_ZONE: "Asia/Tokyo",
  TEGAKI_PARAMETERS__TUNING_EPOCHS: "1",
};
const scheduler = (...args: string[]) => runCommand(project, ["scheduler", ...args], ENV);
const status = async () => JSON.parse((await scheduler("status", "--json")).out);
const api = async (path: string) => (await fetch(`${server?.url}/api/v1${path}`)).json();

test("tegaki scheduler exits with 1 without a store, and with 2 on bad usage", async () => {
  const none = await scheduler("status");
  expect([none.code, none.err]).toEqual([
    1,
    expect.stringContaining("has no store yet. Start tegaki there first"),
  ]);
  for (const wrong of [
    ["status", "--at", "tomorrow"],
    ["approve", "x", "--reason", "y"],
    ["decline", "1"],
    ["pause", "--reason", " "],
    ["resumee"],
  ]) {
    expect((await scheduler(...wrong)).code).toBe(2);
  }
});

test("server.yml is refused with every wrong value of the scheduler", async () => {
  await mkdir(join(project.dir, "conf/local"), { recursive: true });
  const file = join(project.dir, "conf/local/server.yml");
  await Bun.write(
    file,
    `scheduler:
  triggers: { cron: "0 3 * *", max_age: 1 }
  quiet_hours: "22:00"
  time_zone: Nowhere
  approval: sometimes
  combine: some
`,
  );
  const { code, err } = await runCommand(project, ["validate"]);
  expect(code).toBe(2);
  for (const part of [
    'scheduler.triggers.cron: must be a cron expression, such as "0 3 * * *"',
    "scheduler.triggers.max_age: must be at least 60",
    "scheduler.quiet_hours: must be two different times of day",
    "scheduler.time_zone: must be the name of a time zone",
    "scheduler.approval: must be one of none, run, promotion, both",
    'scheduler.combine: must be "any" or "all"',
  ]) {
    expect(err).toContain(part);
  }
  await Bun.write(file, "{}");
});

test("tegaki scheduler acts on a running server: pause, approval of a run, and a run on request", async () => {
  server = await startServer(project, ENV);
  expect((await scheduler("pause", "--reason", "a fair")).out).toBe("The scheduler is paused\n");
  expect(await api("/scheduler")).toMatchObject({
    ...{ paused: true, pause: { by: { kind: "command_line", name: null }, reason: "a fair" } },
  });
  for (let n = 0; n < 4; n++) {
    const drawing = drawingOf(n, n + 1);
    const body = JSON.stringify({ ...drawing, label: String(n) });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`${server.url}/api/v1/samples`, { method: "POST", body, headers })).status).toBe(201);
  }
  expect(await status()).toMatchObject({ decision: "paused", server_running: true, new_samples: 4 });
  await scheduler("resume");
  const waiting = await until(status, ({ requests }) => requests.length > 0);
  expect(waiting).toMatchObject({ decision: "approval", next_run_at: expect.any(String) });
  const { id } = waiting.requests[0];
  expect((await scheduler("approve", String(id), "--reason", "go")).code).toBe(0);
  const run = await until(
    async () => (await api("/runs")).runs[0],
    (newest) => newest !== undefined,
  );
  expect(run).toMatchObject({ trigger: "new_samples", started_by: { kind: "command_line", name: null } });
  const cancelled = await fetch(`${server.url}/api/v1/runs/${run.id}/cancel`, { method: "POST" });
  expect(cancelled.status).toBe(202);
  await until(
    () => api(`/runs/${run.id}`),
    ({ status: state }) => state === "cancelled",
  );
  expect((await scheduler("status")).out).toContain(
    `last run ${run.id} of tuning: cancelled, started by command_line, cancelled by local`,
  );
  const { code, out } = await scheduler("trigger", "--json");
  expect(code).toBe(0);
  const { run_id } = JSON.parse(out);
  expect(await api(`/runs/${run_id}`)).toMatchObject({ trigger: "cli", pipeline: "tuning" });
  expect((await scheduler("trigger")).code).toBe(1);
  await server.stop();
  server = null;
  expect((await status()).last_run).toMatchObject({
    ...{ id: run_id, status: "cancelled", cancelled_by: { kind: "schedule", name: null } },
  });
}, 120_000);

test("tegaki scheduler acts on the store when no server is running: pause, dry run, and a run in its own process", async () => {
  await scheduler("pause");
  expect(await status()).toMatchObject({ paused: true, server_running: false });
  await scheduler("resume", "--reason", "over");
  const at = new Date(Date.now() + 86_400_000).toISOString();
  expect(JSON.parse((await scheduler("status", "--at", at, "--json")).out)).toMatchObject({
    // The run for these labels was cancelled by a person.
    ...{ decision: "not_due", would_start: false, pipeline: "tuning" },
  });
  const { code, out, err } = await scheduler("trigger", "--json");
  expect([code, code === 0 ? "" : err]).toEqual([0, ""]);
  expect((await status()).last_run).toMatchObject({
    ...{ id: JSON.parse(out).run_id, status: "done", started_by: { kind: "command_line", name: null } },
  });
}, 240_000);
