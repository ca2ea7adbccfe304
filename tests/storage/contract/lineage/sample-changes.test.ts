import { describe, expect, test } from "bun:test";
import { COMMAND_LINE, LOCAL } from "../../../../src/domain/actor.ts";
import { FakeClock, newSample } from "../../helpers.ts";
import { IMPLEMENTATIONS } from "../implementations.ts";

describe.each(IMPLEMENTATIONS)("the history of samples on $name", ({ open }) => {
  test("history() has who stored, changed and deleted a sample, with the labels before and after", async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    const { sample } = await store.samples.insert(newSample({ label: "7", actor: LOCAL }));
    clock.timeMs += 1_000;
    await store.samples.update(sample.id, { label: "1" }, { kind: "token", name: "ci" });
    await store.samples.update(sample.id, { state: "rejected" }, COMMAND_LINE);
    await store.samples.delete(sample.id, LOCAL);

    const { changes, nextCursor } = await store.lineage.history(sample.id);

    expect(nextCursor).toBeNull();
    expect(changes.map(({ seq: _, sampleId: __, reviewTo: ___, ...change }) => change)).toEqual([
      {
        at: "2026-01-02T03:04:06.000Z",
        actor: LOCAL,
        action: "deleted",
        ...{ labelFrom: "1", stateFrom: "rejected", labelTo: null, stateTo: null },
      },
      {
        at: "2026-01-02T03:04:06.000Z",
        actor: COMMAND_LINE,
        action: "changed",
        ...{ labelFrom: "1", stateFrom: "labelled", labelTo: "1", stateTo: "rejected" },
      },
      {
        at: "2026-01-02T03:04:06.000Z",
        actor: { kind: "token", name: "ci" },
        action: "changed",
        ...{ labelFrom: "7", stateFrom: "labelled", labelTo: "1", stateTo: "labelled" },
      },
      {
        at: "2026-01-02T03:04:05.000Z",
        actor: LOCAL,
        action: "stored",
        ...{ labelFrom: null, stateFrom: null, labelTo: "7", stateTo: "labelled" },
      },
    ]);
  });

  test("a change to the same label, and a repeated drawing, add nothing to the history", async () => {
    const store = await open();
    const sent = newSample({ label: "7" });
    const { sample } = await store.samples.insert(sent);
    await store.samples.insert(sent);
    await store.samples.update(sample.id, { label: "7" }, LOCAL);
    expect((await store.lineage.history(sample.id)).changes).toHaveLength(1);
  });

  test("an import that replaces a label is in the history, with its actor", async () => {
    const store = await open();
    const sent = newSample({ label: "7", actor: LOCAL });
    const { sample } = await store.samples.insert(sent);
    await store.samples.insertMany([{ ...sent, label: "1", actor: COMMAND_LINE }], "replace");
    const [newest] = (await store.lineage.history(sample.id)).changes;
    expect(newest).toMatchObject({ actor: COMMAND_LINE, action: "changed", labelFrom: "7", labelTo: "1" });
  });

  test("history() is paged, newest first", async () => {
    const store = await open();
    const { sample } = await store.samples.insert(newSample({ label: "0" }));
    for (const label of ["1", "2", "3"]) await store.samples.update(sample.id, { label }, LOCAL);
    const first = await store.lineage.history(sample.id, { limit: 3 });
    const rest = await store.lineage.history(sample.id, { limit: 3, cursor: first.nextCursor! });
    expect(first.changes.map(({ labelTo }) => labelTo)).toEqual(["3", "2", "1"]);
    expect(rest.changes.map(({ labelTo }) => labelTo)).toEqual(["0"]);
    expect(rest.nextCursor).toBeNull();
  });

  test("a sample is returned with who stored it", async () => {
    const store = await open();
    const { sample } = await store.samples.insert(newSample({ actor: { kind: "session", name: "3f2a" } }));
    expect((await store.samples.get(sample.id))?.actor).toEqual({ kind: "session", name: "3f2a" });
  });
});
