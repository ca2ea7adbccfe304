import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { retentionLimit } from "../../../src/domain/lineage/retention-limit.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import type { Store } from "../../../src/domain/store.ts";
import { createForgetter } from "../../../src/project/forgetting/forgetter.ts";
import { loadProject, openProjectStore, type Project } from "../../../src/project/project.ts";
import { createDrawingRetention } from "../../../src/server/retention/drawing-retention.ts";
import { type Following, rememberingStore } from "../../../src/serving/personal/remembering-store.ts";
import { FakeClock, newRun, newSample, withDirectory } from "../../storage/helpers.ts";
import { errorLog } from "../../support/error-log.ts";
import { runtime } from "../../support/run-project.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A project that keeps drawings for so many days, from 15:00 of a day on. */
interface Kept {
  project: Project;
  store: Store;
  clock: FakeClock;
  turn(): Promise<void>;
  /** Writers of the stored drawings, oldest first. */
  writers(): Promise<(string | null)[]>;
  days: number | null;
  isRunning: boolean;
  /** How often memory has followed the store. */
  followed: number;
}

async function withRetention(days: number | null, work: (kept: Kept) => Promise<void>): Promise<void> {
  await withDirectory(async (dir) => {
    const clock = new FakeClock(Date.UTC(2026, 0, 10, 15, 0, 0));
    const mine = { ...runtime, clock };
    const project = await loadProject(mine, { dir });
    const plain = await openProjectStore(mine, project);
    const log = errorLog([]);
    const memory: Following = {
      async follow() {
        kept.followed += 1;
      },
      clear: () => {},
    };
    const store = rememberingStore(plain, memory, log);
    const forgetter = createForgetter({
      ...{ place: project, store, open: async () => store },
      isRunning: (_: Run) => kept.isRunning,
      copiesSince: async () => [],
    });
    const { turn } = createDrawingRetention({
      ...{ forgetter, store: store.forgetting, clock, log, days: () => kept.days },
    });
    const kept: Kept = {
      ...{ project, store, clock, turn, days, isRunning: false, followed: 0 },
      writers: async () => {
        const { samples } = await store.samples.list({ limit: 100 });
        return samples.map(({ writer }) => writer).reverse();
      },
    };
    try {
      await work(kept);
    } finally {
      await plain.close();
    }
  });
}

test("retentionLimit() is the start of the day so many days ago, in UTC", () => {
  const at = (text: string) => new Date(text);
  expect(retentionLimit(at("2026-01-10T00:00:00.000Z"), 2)).toEqual(at("2026-01-08T00:00:00.000Z"));
  expect(retentionLimit(at("2026-01-10T23:59:59.999Z"), 2)).toEqual(at("2026-01-08T00:00:00.000Z"));
});

test("drawings are kept for the days of the setting and deleted on the day after, each on its own day", () =>
  withRetention(2, async ({ store, clock, turn, writers }) => {
    await store.samples.insert(newSample({ writer: "ann" }));
    clock.timeMs += DAY_MS;
    await store.samples.insert(newSample({ writer: "bob" }));
    // Ann's drawing is two days old at 15:00, and stays until the day is over.
    clock.timeMs += DAY_MS + HOUR_MS;
    await turn();
    expect(await writers()).toEqual(["ann", "bob"]);
    clock.timeMs += 8 * HOUR_MS;
    await turn();
    expect(await writers()).toEqual(["bob"]);
    clock.timeMs += DAY_MS;
    await turn();
    await turn();
    expect(await writers()).toEqual([]);
  }));

test("nothing is deleted while the setting is off, and a change of it is followed without a restart", () =>
  withRetention(null, async (kept) => {
    await kept.store.samples.insert(newSample({ writer: "ann" }));
    kept.clock.timeMs += 1000 * DAY_MS;
    await kept.turn();
    expect(await kept.writers()).toEqual(["ann"]);
    kept.days = 30;
    await kept.turn();
    expect(await kept.writers()).toEqual([]);
  }));

test("names leave the database with the drawings, memory follows, and the record names the server", () =>
  withRetention(1, async (kept) => {
    const { store, clock, project } = kept;
    const bytes = () => readFileSync(join(project.dataDir, "tegaki.db"));
    await store.samples.insert(newSample({ writer: "Unforgettable Ann", session: "s1" }));
    clock.timeMs += 3 * DAY_MS;
    await store.samples.insert(newSample({ writer: "Recent Bob", session: "s2" }));
    const followed = kept.followed;
    await kept.turn();
    expect(kept.followed).toBe(followed + 1);
    expect(bytes().includes("Unforgettable Ann")).toBe(false);
    expect(bytes().includes("Recent Bob")).toBe(true);
    expect(await store.forgetting.log(5)).toMatchObject([{ drawings: 1, actor: { kind: "schedule" } }]);
    // Its strokes, and its image.
    expect(await store.forgetting.list()).toHaveLength(2);
  }));

test("a run that may hold the drawings is not disturbed: they are deleted once it has ended", () =>
  withRetention(1, async (kept) => {
    await kept.store.samples.insert(newSample({ writer: "ann" }));
    kept.clock.timeMs += 3 * DAY_MS;
    await kept.store.runs.create(newRun("r"));
    await kept.store.runs.update("r", { status: "running", startedAt: kept.clock.now().toISOString() });
    kept.isRunning = true;
    await kept.turn();
    expect(await kept.writers()).toEqual(["ann"]);
    kept.isRunning = false;
    await kept.turn();
    expect(await kept.writers()).toEqual([]);
  }));
