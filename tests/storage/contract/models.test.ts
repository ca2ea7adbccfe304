import { describe, expect, test } from "bun:test";
import { SCHEDULE } from "../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import type { NewModel } from "../../../src/domain/model.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { FakeClock, rejectionOf } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const MODEL: NewModel = {
  name: "digits",
  key: "data/06_models/tune_model/v1",
  sha256: "ab".repeat(32),
  runId: null,
  parentVersion: null,
  metrics: decodeMetrics({ mnist_test: { n: 10_000, accuracy: 0.9921 } }),
  gate: { passed: true, checks: [{ name: "mnist", passed: true, detail: "99.21 %" }] },
  state: "candidate",
};
const MOVE = {
  alias: "champion",
  action: "promote",
  by: "gate",
  actor: SCHEDULE,
  isForced: false,
  verdict: "better",
  reason: "better",
} as const;

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("create() numbers versions from 1 and get() gives them back", async () => {
      const store = await open();
      const first = await store.models.create({ ...MODEL, gate: null });
      const second = await store.models.create({ ...MODEL, parentVersion: 1 });
      expect([first.version, second.version]).toEqual([1, 2]);
      expect(await store.models.get(2)).toEqual({
        ...MODEL,
        parentVersion: 1,
        version: 2,
        createdAt: "2026-01-02T03:04:05.000Z",
        isForced: false,
        note: null,
        tags: {},
      });
      expect((await store.models.list()).map(({ version }) => version)).toEqual([2, 1]);
      expect(await store.models.get(3)).toBeNull();
    });

    test("create() throws NotFoundError when the parent is not registered", async () => {
      const store = await open();
      expect(await rejectionOf(store.models.create({ ...MODEL, parentVersion: 9 }))).toBeInstanceOf(
        NotFoundError,
      );
    });

    test("update() changes state, metrics and gate alone", async () => {
      const store = await open();
      const model = await store.models.create(MODEL);
      expect(await store.models.update(1, { state: "broken" })).toEqual({ ...model, state: "broken" });
      expect(await store.models.update(1, { gate: null })).toEqual({ ...model, state: "broken", gate: null });
      expect(await rejectionOf(store.models.update(2, { state: "ready" }))).toBeInstanceOf(NotFoundError);
    });

    test("moveAlias() moves and records in one step, and deployments() gives the newest first", async () => {
      const store = await open();
      await store.models.create(MODEL);
      await store.models.create(MODEL);
      await store.models.moveAlias({ ...MOVE, version: 1, expectedPrevious: null });
      const second = await store.models.moveAlias({ ...MOVE, version: 2, expectedPrevious: 1 });
      expect(second).toMatchObject({
        version: 2,
        previousVersion: 1,
        action: "promote",
        by: "gate",
        reason: "better",
      });
      expect(await store.models.aliases()).toEqual({ champion: 2 });
      const log = await store.models.deployments({ alias: "champion" });
      expect(log.map(({ version, previousVersion }) => [version, previousVersion])).toEqual([
        [2, 1],
        [1, null],
      ]);
      expect(await store.models.deployments({ limit: 1 })).toEqual([second]);
      expect(await store.models.deployments({ alias: "shadow" })).toEqual([]);
    });

    test("moveAlias() throws ConflictError and changes nothing when the alias has moved meanwhile", async () => {
      const store = await open();
      await store.models.create(MODEL);
      await store.models.create(MODEL);
      await store.models.moveAlias({ ...MOVE, version: 1 });
      for (const expectedPrevious of [2, null]) {
        const error = await rejectionOf(store.models.moveAlias({ ...MOVE, version: 2, expectedPrevious }));
        expect(error).toBeInstanceOf(ConflictError);
        expect(error.message).toContain("points to version 1");
      }
      expect(await store.models.aliases()).toEqual({ champion: 1 });
      expect(await store.models.deployments()).toHaveLength(1);
    });

    test("moveAlias() throws NotFoundError when the version is not registered", async () => {
      const store = await open();
      expect(await rejectionOf(store.models.moveAlias({ ...MOVE, version: 1 }))).toBeInstanceOf(
        NotFoundError,
      );
    });

    test("deploymentLog() gives each deployment with its end, and those in force during a period", async () => {
      const clock = new FakeClock();
      const store = await open(clock);
      await store.models.create(MODEL);
      await store.models.create(MODEL);
      const at = (hour: number) => new Date(Date.UTC(2026, 0, 2, hour)).toISOString();
      for (const [hour, version] of [
        [1, 1],
        [5, 2],
        [9, 1],
      ] as const) {
        clock.timeMs = Date.UTC(2026, 0, 2, hour);
        await store.models.moveAlias({ ...MOVE, version });
      }
      const log = (query: object) => store.models.deploymentLog({ alias: "champion", limit: 10, ...query });
      expect((await log({})).map(({ version, createdAt, until }) => [version, createdAt, until])).toEqual([
        [1, at(9), null],
        [2, at(5), at(9)],
        [1, at(1), at(5)],
      ]);
      const during = async (from: number, to: number) =>
        (await log({ during: { from: at(from), to: at(to) } })).map(({ id }) => id);
      expect(await during(0, 1)).toEqual([]);
      expect(await during(2, 3)).toEqual([1]);
      expect(await during(2, 6)).toEqual([2, 1]);
      expect(await during(5, 6)).toEqual([2]);
      expect(await during(20, 30)).toEqual([3]);
      expect((await log({ limit: 1, before: 3 })).map(({ id }) => id)).toEqual([2]);
      expect(await store.models.deploymentLog({ alias: "other", limit: 10 })).toEqual([]);
      expect((await store.models.deployments())[0]).toMatchObject({
        ...{ actor: SCHEDULE, isForced: false, verdict: "better" },
      });
    });

    test("setAlias(), removeAlias() and annotate() record each change with its actor, and nothing twice", async () => {
      const store = await open();
      await store.models.create(MODEL);
      const actor = { kind: "session", name: "3f2a" } as const;
      await store.models.setAlias("stable", 1, actor);
      await store.models.setAlias("stable", 1, actor);
      await store.models.annotate(1, { note: "n", tags: { a: "1" } }, actor);
      await store.models.annotate(1, { note: "n", tags: { a: "1" } }, actor);
      const model = await store.models.get(1);
      expect(model).toMatchObject({ note: "n" });
      expect(model?.tags.a).toBe("1");
      await store.models.annotate(1, { note: null, tags: { a: null, b: null } }, actor);
      expect(await store.models.get(1)).toMatchObject({ note: null });
      expect(await store.models.removeAlias("stable", actor)).toBe(1);
      expect(await store.models.removeAlias("stable", actor)).toBeNull();
      const changes = await store.models.changes({ version: 1, limit: 10 });
      expect(changes.map(({ what, detail }) => [what, detail]).reverse()).toMatchObject([
        ["alias_set", "stable"],
        ["note", ""],
        ["tag_set", "a=1"],
        ["note", ""],
        ["tag_removed", "a"],
        ["alias_removed", "stable"],
      ]);
      expect(changes[0]).toMatchObject({ actor, version: 1 });
      const [, second] = changes;
      expect(await store.models.changes({ limit: 1, before: changes[0]!.id })).toEqual([second!]);
      expect(await rejectionOf(store.models.setAlias("x", 9, actor))).toBeInstanceOf(NotFoundError);
    });

    test("markDeleted() is refused while an alias points to the version, and nothing points to it afterwards", async () => {
      const store = await open();
      await store.models.create(MODEL);
      await store.models.create(MODEL);
      await store.models.setAlias("stable", 1, SCHEDULE);
      const change = { version: 1, what: "deleted", detail: "old", actor: SCHEDULE } as const;
      expect(await rejectionOf(store.models.markDeleted(change))).toBeInstanceOf(ConflictError);
      await store.models.removeAlias("stable", SCHEDULE);
      expect(await store.models.markDeleted(change)).toMatchObject({ state: "deleted" });
      expect(await rejectionOf(store.models.setAlias("stable", 1, SCHEDULE))).toBeInstanceOf(ConflictError);
      expect(await rejectionOf(store.models.moveAlias({ ...MOVE, version: 1 }))).toBeInstanceOf(
        ConflictError,
      );
      expect((await store.models.files()).map(({ version, state }) => [version, state])).toEqual([
        [2, "candidate"],
        [1, "deleted"],
      ]);
      expect((await store.models.page({ limit: 1 })).map(({ version }) => version)).toEqual([2]);
      expect((await store.models.page({ limit: 9, before: 2 })).map(({ version }) => version)).toEqual([1]);
    });
  });
}
