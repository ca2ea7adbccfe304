import { describe, expect, test } from "bun:test";
import { LOCAL, SCHEDULE } from "../../../src/domain/actor.ts";
import { decodeMetrics } from "../../../src/domain/metrics.ts";
import type { Store } from "../../../src/domain/store.ts";
import { EMPTY_TALLY, type TrialPair } from "../../../src/domain/trials/trial.ts";
import { RULES } from "../../trials/support.ts";
import { newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

const CHALLENGE = {
  kind: "challenge",
  deployment: null,
  startedBy: LOCAL,
  reason: "because",
  rules: RULES,
} as const;

async function withModels(store: Store): Promise<Store> {
  for (const version of [1, 2, 3]) {
    await store.models.create({
      ...{ name: "digits", key: `k${version}`, sha256: "ab", runId: null, parentVersion: null },
      ...{ metrics: decodeMetrics({}), gate: null, state: "candidate" },
    });
  }
  return store;
}

function pairOf(sampleId: string, arrival: string): TrialPair {
  return {
    sampleId,
    arrival,
    label: "7",
    championLabel: "1",
    otherLabel: "7",
    writer: "ann",
    isPrompted: true,
  };
}

for (const { name, open, openAt } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("addAliased() adds a challenge only while the alias points to it and none is open", async () => {
      const store = await withModels(await open());
      const wanted = { ...CHALLENGE, other: 2 };
      expect(await store.trials.addAliased(wanted)).toBeNull();
      const first = await store.trials.add(wanted);
      await store.trials.start(first.id, 1);
      expect(await store.trials.addAliased(wanted)).toBeNull();
      // Its end takes the alias away.
      await store.trials.end(first.id, { outcome: "stopped", endedBy: LOCAL, endReason: "by hand" });
      expect(await store.trials.addAliased(wanted)).toBeNull();
      await store.models.moveAlias({
        ...{ alias: "challenger", version: 2, action: "promote", actor: LOCAL, isForced: false },
        ...{ verdict: null, by: "cli", reason: "" },
      });
      expect(await store.trials.addAliased({ ...wanted, other: 3 })).toBeNull();
      expect(await store.trials.addAliased(wanted)).toMatchObject({ other: 2, state: "waiting" });
      await store.close();
    });

    test("add() makes a trial wait, and supersedes one that waited before", async () => {
      const store = await withModels(await open());
      const first = await store.trials.add({ ...CHALLENGE, other: 2 });
      expect(first).toMatchObject({
        ...CHALLENGE,
        id: 1,
        champion: null,
        state: "waiting",
        tally: EMPTY_TALLY,
      });
      await store.trials.add({ ...CHALLENGE, other: 3 });
      expect(await store.trials.get(1)).toMatchObject({
        state: "ended",
        outcome: "superseded",
        endedBy: LOCAL,
      });
      expect((await store.trials.open()).map(({ other }) => other)).toEqual([3]);
    });

    test("start() points the alias challenger to the version, and end() removes it with the pairs", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      expect(await store.trials.start(id, 1)).toMatchObject({ champion: 1, state: "running" });
      expect(await store.trials.start(id, 1)).toBeNull();
      expect((await store.models.aliases()).challenger).toBe(2);
      const { sample } = await store.samples.insert(newSample());
      await store.trials.addPairs(id, [pairOf(sample.id, sample.arrival)], sample.arrival);
      const end = { outcome: "worse", endedBy: SCHEDULE, endReason: "it is worse" } as const;
      expect(await store.trials.end(id, end)).toMatchObject({ ...end, state: "ended" });
      expect(await store.trials.end(id, end)).toBeNull();
      expect((await store.models.aliases()).challenger).toBeUndefined();
      expect(await store.trials.takePairs(id)).toEqual([]);
    });

    test("labelsAfter() has labels given here, and the arrival of the last sample that was read", async () => {
      const store = await open();
      expect(await store.trials.labelsAfter("", 9)).toEqual({ labels: [], seen: null });
      const { sample } = await store.samples.insert(newSample({ label: "7", writer: "ann" }));
      await store.samples.insert(newSample({ source: "import" }));
      const { sample: last } = await store.samples.insert(newSample({ label: null }));
      const { labels, seen } = await store.trials.labelsAfter("", 9);
      const { id, arrival, pixels } = sample;
      expect(labels).toEqual([{ id, arrival, pixels, label: "7", writer: "ann", isPrompted: true }]);
      expect(seen).toBe(last.arrival);
      expect(await store.trials.labelsAfter(arrival, 1)).toMatchObject({ labels: [] });
    });

    test("a pair follows its sample: mended, withdrawn, deleted; the trial is then stale", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      await store.trials.start(id, 1);
      const samples = [];
      for (let i = 0; i < 3; i++) samples.push((await store.samples.insert(newSample())).sample);
      await store.trials.addPairs(
        id,
        samples.map((sample) => pairOf(sample.id, sample.arrival)),
        samples[2]!.arrival,
      );
      expect((await store.trials.get(id))!.isStale).toBe(true);
      expect(await store.trials.takePairs(id)).toHaveLength(3);
      expect((await store.trials.get(id))!.isStale).toBe(false);
      await store.samples.update(samples[0]!.id, { label: "4" }, LOCAL);
      expect((await store.trials.get(id))!.isStale).toBe(true);
      await store.samples.update(samples[1]!.id, { state: "rejected" }, LOCAL);
      await store.samples.delete(samples[2]!.id, LOCAL);
      expect((await store.trials.takePairs(id)).map(({ label }) => label)).toEqual(["4", null]);
    });

    test("a label that a run puts into review does not count until a person confirms it", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      await store.trials.start(id, 1);
      const { sample } = await store.samples.insert(newSample({ label: "7" }));
      await store.trials.addPairs(id, [pairOf(sample.id, sample.arrival)], sample.arrival);
      await store.samples.putMarks("run", [
        { id: sample.id, label: "7", state: "suspect", reading: "1", p: 0.01 },
      ]);
      expect((await store.trials.takePairs(id)).map(({ label }) => label)).toEqual([null]);
      await store.samples.confirm({ id: sample.id });
      expect((await store.trials.takePairs(id)).map(({ label }) => label)).toEqual(["7"]);
    });

    test("addPairs() takes the sample's current label, and nothing for one that was deleted", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      await store.trials.start(id, 1);
      const { sample } = await store.samples.insert(newSample({ label: "9" }));
      await store.trials.addPairs(id, [pairOf(sample.id, "a"), pairOf("gone", "b")], "b");
      expect((await store.trials.takePairs(id)).map(({ label }) => label)).toEqual(["9"]);
      expect((await store.trials.get(id))!.seenArrival).toBe("b");
    });

    test("rolledBack() and hasWatch() know what ended long ago", async () => {
      const store = await withModels(await open());
      const watch = { ...CHALLENGE, kind: "watch", other: 1, deployment: 5 } as const;
      const { id } = await store.trials.add(watch);
      await store.trials.start(id, 2);
      expect((await store.models.aliases()).challenger).toBeUndefined();
      const notice = { message: "Rolled back", href: "/models/trials" };
      await store.trials.end(id, { outcome: "rolled_back", endedBy: SCHEDULE, endReason: "", notice });
      for (let i = 0; i < 3; i++) await store.trials.add({ ...CHALLENGE, other: 3 });
      expect(await store.trials.rolledBack()).toEqual([2]);
      expect([await store.trials.hasWatch(5), await store.trials.hasWatch(6)]).toEqual([true, false]);
      expect((await store.trials.list({ before: 3 })).map((one) => one.id)).toEqual([2, 1]);
    });

    test("list() leaves out the curves, which get() and open() have", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      await store.trials.start(id, 1);
      const curve = [{ n: 4, better: 1, worse: -1 }];
      await store.trials.putTally(id, { ...EMPTY_TALLY, n: 4, curve });
      expect((await store.trials.get(id))!.tally).toMatchObject({ n: 4, curve });
      expect((await store.trials.open())[0]!.tally.curve).toEqual(curve);
      expect((await store.trials.list())[0]!.tally).toMatchObject({ n: 4, curve: [] });
    });

    test("acknowledge() takes a notice from the open ones, once", async () => {
      const store = await withModels(await open());
      const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
      const says = { key: "rolledBack", figures: { n: 3 } };
      const notice = { message: "Rolled back", says, href: "/models/trials" };
      await store.trials.end(id, { outcome: "stopped", endedBy: LOCAL, endReason: "", notice });
      expect(await store.notices.open()).toMatchObject([{ ...notice, id: 1, acknowledgedAt: null }]);
      expect(await store.notices.acknowledge(1, LOCAL)).toMatchObject({ acknowledgedBy: LOCAL });
      expect(await store.notices.acknowledge(1, SCHEDULE)).toMatchObject({ acknowledgedBy: LOCAL });
      expect(await store.notices.acknowledge(2, LOCAL)).toBeNull();
      expect(await store.notices.open()).toEqual([]);
    });

    test.skipIf(openAt === undefined)(
      "a running trial is the same after the store was opened again",
      async () => {
        const store = await withModels(await openAt!("trials"));
        const { id } = await store.trials.add({ ...CHALLENGE, other: 2 });
        await store.trials.start(id, 1);
        await store.trials.putTally(id, { ...EMPTY_TALLY, n: 4, otherOnly: 4 });
        const before = await store.trials.open();
        await store.close();
        const again = await openAt!("trials");
        expect(await again.trials.open()).toEqual(before);
        await again.close();
      },
    );
  });
}
