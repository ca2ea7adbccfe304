import { describe, expect, test } from "bun:test";
import { SCHEDULE } from "../../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../../src/domain/metrics.ts";
import { replayResult } from "../../../../src/trials/replay-counts.ts";
import type { FakeReplays } from "../../../support/fake-replays.ts";
import { createTestApp } from "../../../support/test-app.ts";

/** The fields of a move that these tests do not look at. */
const MOVED = { actor: SCHEDULE, isForced: false, verdict: null };

/** The application, with versions 1 (champion), 2 and 3 (rejected) in its store. */
async function served() {
  const app = await createTestApp();
  for (const state of ["ready", "candidate", "rejected"] as const) {
    await app.store.models.create({
      ...{ name: "digits", key: "k", sha256: "ab".repeat(32), runId: null, parentVersion: null, state },
      ...{ metrics: decodeMetrics({}), gate: null },
    });
  }
  const move = {
    alias: "champion",
    version: 1,
    action: "promote",
    ...MOVED,
    by: "start",
    reason: "first start",
  } as const;
  await app.store.models.moveAlias(move);
  return app;
}

describe("POST /models/{version}/trial", () => {
  test("stores a trial that waits for the server, with who requested it", async () => {
    const { send, store } = await served();
    const response = await send("POST", "/api/v1/models/2/trial", { reason: "looks good on my sevens" });
    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe("/api/v1/trials/1");
    expect(await response.json()).toMatchObject({
      ...{ id: 1, kind: "challenge", champion: null, other: 2, state: "waiting", outcome: null, n: 0 },
      ...{ started_by: { kind: "local", name: null }, reason: "looks good on my sevens" },
      evidence: { better: 0, worse: 0, needed: 4 },
    });
    expect(await store.trials.open()).toHaveLength(1);
  });

  test.each([
    [1, {}, 409, "Model 1 is the champion"],
    [3, {}, 409, "failed the gate"],
    [9, {}, 404, "There is no model version 9"],
    [2, { force: true }, 422, "force is an unknown key. Known keys: reason"],
  ])("of version %d with %j is refused with %d: %s", async (version, body, status, detail) => {
    const { send, store } = await served();
    const response = await send("POST", `/api/v1/models/${version}/trial`, body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
    expect(await store.trials.list()).toEqual([]);
  });
});

describe("/trials", () => {
  test("GET lists trials, newest first, page by page, with the counts of unseen scoring", async () => {
    const { send } = await served();
    for (let i = 0; i < 3; i++) {
      const { id } = (await (await send("POST", "/api/v1/models/2/trial", {})).json()) as { id: number };
      expect((await send("POST", `/api/v1/trials/${id}/stop`, {})).status).toBe(200);
    }
    const first = (await (await send("GET", "/api/v1/trials?limit=2")).json()) as Record<string, never>;
    expect(first).toMatchObject({ trials: [{ id: 3 }, { id: 2 }], next_cursor: "2", shadow: { scored: 0 } });
    const rest = await (await send("GET", "/api/v1/trials?limit=2&cursor=2")).json();
    expect(rest).toMatchObject({ trials: [{ id: 1, outcome: "stopped" }], next_cursor: null });
    expect((await send("GET", "/api/v1/trials?cursor=x")).status).toBe(422);
  });

  test("GET and stop of one trial: 404 when there is none, 409 when it has ended", async () => {
    const { send } = await served();
    expect((await send("GET", "/api/v1/trials/1")).status).toBe(404);
    expect((await send("POST", "/api/v1/trials/1/stop", {})).status).toBe(404);
    await send("POST", "/api/v1/models/2/trial", {});
    expect(await (await send("GET", "/api/v1/trials/1")).json()).toMatchObject({ id: 1 });
    await send("POST", "/api/v1/trials/1/stop", {});
    expect((await send("POST", "/api/v1/trials/1/stop", {})).status).toBe(409);
  });
});

describe("/models/{version}/replay", () => {
  test("POST starts a replay and GET has its result", async () => {
    const { send, deps } = await served();
    expect((await send("GET", "/api/v1/models/2/replay")).status).toBe(404);
    const response = await send("POST", "/api/v1/models/2/replay", { last: 50 });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ version: 2, last: 50, state: "running", result: null });
    const row = (label: string, championLabel: string, otherLabel: string) => ({
      ...{ label, championLabel, otherLabel, isTrainedOn: label === "0" },
    });
    const rows = [row("7", "1", "7"), row("0", "0", "6"), row("0", "6", "0"), row("1", "1", "1")];
    const replays = deps.trials.replays as FakeReplays;
    Object.assign(replays.replays[0]!, { state: "done", result: replayResult(2, 1, rows) });
    expect(await (await send("GET", "/api/v1/models/2/replay")).json()).toMatchObject({
      state: "done",
      result: {
        ...{ champion: 1, n: 4, both_correct: 1, champion_only: 1, other_only: 2, neither: 0, p: 1 },
        unseen: { n: 2, other_only: 1, champion_only: 0 },
        classes: { "0": { n: 2, other_only: 1, champion_only: 1 } },
      },
    });
  });

  test("POST refuses more than 10,000 drawings, and a second replay meanwhile", async () => {
    const { send } = await served();
    expect((await send("POST", "/api/v1/models/2/replay", { last: 10_001 })).status).toBe(422);
    expect((await send("POST", "/api/v1/models/2/replay", {})).status).toBe(202);
    expect((await send("POST", "/api/v1/models/1/replay", {})).status).toBe(409);
  });
});

test("/notices: an automatic roll back is listed until it is acknowledged", async () => {
  const { send, store } = await served();
  await send("POST", "/api/v1/models/2/trial", {});
  const notice = { message: "Model 2 was rolled back to model 1", href: "/models/trials" };
  await store.trials.end(1, { outcome: "rolled_back", endedBy: SCHEDULE, endReason: "worse", notice });
  const { notices } = (await (await send("GET", "/api/v1/notices")).json()) as { notices: { id: number }[] };
  expect(notices).toMatchObject([{ ...notice, acknowledged_at: null }]);
  const path = `/api/v1/notices/${notices[0]!.id}/acknowledge`;
  expect(await (await send("POST", path, {})).json()).toMatchObject({ acknowledged_by: { kind: "local" } });
  expect(await (await send("GET", "/api/v1/notices")).json()).toEqual({ notices: [] });
  expect((await send("POST", "/api/v1/notices/99/acknowledge", {})).status).toBe(404);
});
