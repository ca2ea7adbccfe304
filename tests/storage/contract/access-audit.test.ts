import { describe, expect, test } from "bun:test";
import type { Actor } from "../../../src/domain/actor.ts";
import { accessStore, record } from "./access-support.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const BOB: Actor = { kind: "token", name: "Bob/ci: nightly" };

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("record() keeps everything of a record, and ids increase by one", async () => {
      const { store } = await accessStore(open);
      const rows = [
        record({
          actor: { kind: "local", name: null },
          target: null,
          detail: { a: 1, b: true, c: null, d: "é" },
        }),
        record({ actor: BOB, outcome: "refused", address: "2001:db8::1" }),
      ];
      expect(await Promise.all(rows.map((row) => store.record(row)))).toEqual([1, 2]);
      expect(await store.audit({ limit: 10 })).toEqual([
        { id: 2, ...rows[1]! },
        { id: 1, ...rows[0]! },
      ]);
    });

    test("audit() gives the newest first, in pages without gaps or repetitions", async () => {
      const { store } = await accessStore(open);
      for (let n = 0; n < 25; n++) await store.record(record({ detail: { n } }));
      const ids: number[] = [];
      for (let before: number | undefined; ; ) {
        const page = await store.audit({ limit: 10, ...(before === undefined ? {} : { before }) });
        if (page.length === 0) break;
        ids.push(...page.map(({ id }) => id));
        before = page.at(-1)!.id;
      }
      expect(ids).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
    });

    test("audit() filters by actor and by action or its kind, exactly", async () => {
      const { store } = await accessStore(open);
      const actions = ["model.promote", "model.alias", "models.x", "model", "mode.l", "model/x", "run.start"];
      for (const action of actions) await store.record(record({ action }));
      await store.record(record({ action: "model.promote", actor: BOB }));
      const found = async (query: { actor?: string; action?: string; before?: number }) =>
        (await store.audit({ limit: 100, ...query })).map(({ id }) => id);
      expect(await found({ action: "model" })).toEqual([8, 4, 2, 1]);
      expect(await found({ action: "model.promote" })).toEqual([8, 1]);
      expect(await found({ action: "model.promote", actor: "session:Ann" })).toEqual([1]);
      expect(await found({ actor: "token:Bob/ci: nightly" })).toEqual([8]);
      expect(await found({ actor: "session:ann" })).toEqual([]);
      expect(await found({ action: "model", before: 4 })).toEqual([2, 1]);
      expect(await found({ action: "'; DROP TABLE audit" })).toEqual([]);
    });
  });
}
