import { describe, expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../../src/domain/metrics.ts";
import type { TrialPair } from "../../../../src/domain/trials/trial.ts";
import { saying } from "../../../../src/lib/saying.ts";
import { tallyOf } from "../../../../src/trials/tally.ts";
import { createTestApp } from "../../../support/test-app.ts";
import { RULES } from "../../../trials/support.ts";

/** The fields of a move that these tests do not look at. */
const MOVED = { actor: SCHEDULE, isForced: false, verdict: null };

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
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
  const page = async (path = "/models/trials", headers: Record<string, string> = {}) =>
    (await app.app.request(path, { headers })).text();
  return { ...app, form, page };
}

/** A running trial of version 2 with pairs. */
async function onTrial({ store }: Awaited<ReturnType<typeof served>>) {
  const request = {
    kind: "challenge",
    other: 2,
    deployment: null,
    startedBy: LOCAL,
    reason: "",
    rules: RULES,
  } as const;
  const { id } = await store.trials.add(request);
  await store.trials.start(id, 1);
  const pairs = Array.from({ length: 30 }, (_, i): TrialPair => {
    const otherLabel = i < 25 ? "7" : "2";
    const championLabel = i < 18 ? "7" : "1";
    return {
      sampleId: `${i}`,
      arrival: `${i}`,
      label: "7",
      championLabel,
      otherLabel,
      writer: null,
      isPrompted: i > 20,
    };
  });
  await store.trials.putTally(id, tallyOf(pairs, RULES, 0));
  return id;
}

describe("GET /models/trials", () => {
  test("offers versions that can be tried, and says that nothing is running", async () => {
    const { page } = await served();
    const html = await page();
    expect(html).toContain("No trial is running.");
    expect(html).toContain("No past trials.");
    const [start, replay] = html.split('action="/models/trials/replay"');
    expect(start).toContain('<option value="2">');
    expect(start).not.toContain('<option value="3">');
    expect(replay).toContain('<option value="3">');
    expect(html).not.toContain('<option value="1">');
  });

  test("shows counts, evidence, remarks and classes of the current trial, in both languages", async () => {
    const app = await served();
    await onTrial(app);
    const html = await app.page();
    for (const words of [
      "Model 2 against model 1",
      "30 of 5,000 labels",
      "at most 1 of 10,000 trials",
      "Labelled without seeing a prediction: 3 for model 2",
      "Only model 2",
      "Stop the trial?",
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toMatch(/Evidence after 30 labels: \d+(\.\d)? that model 2 is better/);
    const japanese = await app.page("/models/trials", { cookie: "lang=ja" });
    expect(japanese).toContain("モデル 2 とモデル 1 の比較");
  });

  test("has pages of past trials", async () => {
    const app = await served();
    for (let i = 0; i < 22; i++) {
      const id = await onTrial(app);
      await app.store.trials.end(id, { outcome: "worse", endedBy: SCHEDULE, endReason: "worse" });
    }
    const html = await app.page();
    expect(html.match(/Model 2 was dropped: it is worse/g)).toHaveLength(20);
    expect(html).toContain('href="/models/trials?before=3"');
    const older = await app.page("/models/trials?before=3");
    expect(older.match(/was dropped/g)).toHaveLength(2);
    expect(older).not.toContain("hx-sse");
  });
});

describe("forms", () => {
  test("start and stop a trial, and show why they cannot", async () => {
    const { form, store } = await served();
    const started = await form("/models/trials/start", { version: "2" });
    expect([started.status, started.headers.get("location")]).toEqual([303, "/models/trials"]);
    const again = await form("/models/trials/start", { version: "2" }, { cookie: "lang=ja" });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("モデル 2 が試験運用中です。");
    expect((await form("/models/trials/1/stop", {})).status).toBe(303);
    expect(await store.trials.get(1)).toMatchObject({ outcome: "stopped", endedBy: LOCAL });
    expect((await form("/models/trials/1/stop", {})).status).toBe(409);
    expect((await form("/models/trials/start", { version: "77" })).status).toBe(404);
  });

  test("start a replay, and refuse a number that is none", async () => {
    const { form, page } = await served();
    const refused = await form("/models/trials/replay", { version: "2", last: "many" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("Enter a whole number from 1 to 10000.");
    expect((await form("/models/trials/replay", { version: "2", last: "500" })).status).toBe(303);
    expect(await page()).toContain("Model 2 is being replayed over 500 drawings…");
  });
});

describe("a notice", () => {
  async function noticed() {
    const app = await served();
    const id = await onTrial(app);
    const figures = { champion: 2, other: 1, n: 30, otherOnly: 12, championOnly: 0, odds: "12,000" };
    const notice = {
      message: "Model 2 was rolled back to model 1",
      says: saying("rolledBack", figures),
      href: "/models/trials",
    };
    await app.store.trials.end(id, { outcome: "rolled_back", endedBy: SCHEDULE, endReason: "worse", notice });
    return app;
  }

  test("is on every page, in the reader's language, until it is dismissed", async () => {
    const { page, form } = await noticed();
    for (const path of ["/", "/models", "/runs", "/models/trials", "/nowhere"]) {
      expect(await page(path)).toContain("Model 2 was rolled back to model 1");
    }
    expect(await page("/", { cookie: "lang=ja" })).toContain(
      "モデル 2 からモデル 1 へ自動でロールバックしました。",
    );
    const done = await form("/notices/1/acknowledge", { back: "/runs?x=1" });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/runs?x=1"]);
    expect(await page()).not.toContain("Model 2 was rolled back to model 1");
  });

  test("is dismissed by htmx with the notices that are left, and never leads to another site", async () => {
    const { form } = await noticed();
    const fragment = await form("/notices/1/acknowledge", { back: "//elsewhere" }, { "hx-request": "true" });
    expect([fragment.status, (await fragment.text()).trim()]).toEqual([200, ""]);
    const away = await form("/notices/1/acknowledge", { back: "//elsewhere" });
    expect(away.headers.get("location")).toBe("/");
    expect((await form("/notices/7/acknowledge", {})).status).toBe(404);
  });

  test("reaches open pages by GET /notices", async () => {
    const { page } = await noticed();
    const fragment = await page("/notices?back=/runs");
    expect(fragment).toContain("Model 2 was rolled back");
    expect(fragment).not.toContain("<html");
    expect(fragment).toContain('name="back" value="/runs"');
  });
});
