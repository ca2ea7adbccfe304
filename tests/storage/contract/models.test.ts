import { describe, expect, test } from "bun:test";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import type { NewModel } from "../../../src/domain/model.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { rejectionOf } from "../helpers.ts";
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
const MOVE = { alias: "champion", action: "promote", by: "gate", reason: "better" } as const;

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
  });
}
