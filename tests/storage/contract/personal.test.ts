import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import { newSample } from "../helpers.ts";
import { IMPLEMENTATIONS } from "./implementations.ts";

for (const { name, open } of IMPLEMENTATIONS) {
  describe(name, () => {
    test("remembered() has a person's labelled drawings, newest first, and nobody else's", async () => {
      const { samples, personal } = await open();
      const ids: string[] = [];
      for (const change of [
        { writer: "Aki", label: "1" },
        { writer: "Aki", sitting: "s1", label: "2" },
        { writer: "Bo", label: "3" },
        { sitting: "s1", label: "4" },
        { writer: "Aki", label: null },
        { writer: "Aki", label: "5" },
      ]) {
        ids.push((await samples.insert(newSample(change))).sample.id);
      }
      await samples.update(ids[0]!, { state: "rejected" }, LOCAL);
      const labels = async (writer: string | null, sitting: string | null, limit = 9) =>
        (await personal.remembered({ writer, sitting }, limit)).map(({ label }) => label);
      expect(await labels("Aki", null)).toEqual(["5", "2"]);
      expect(await labels("Aki", "s1", 1)).toEqual(["5"]);
      expect(await labels(null, "s1")).toEqual(["4"]);
      expect(await labels(null, null)).toEqual([]);
      expect(await labels("aki", null)).toEqual([]);
    });

    test("labelled() has the newest drawings of each class by anybody, and only labelled ones of these classes", async () => {
      const { samples, personal } = await open();
      const ids: string[] = [];
      for (const change of [
        { label: "1", writer: "Aki" },
        { label: "2", sitting: "s1" },
        { label: "1", writer: "Bo" },
        { label: "1" },
        { label: null },
        { label: "3" },
        { label: "2" },
      ]) {
        ids.push((await samples.insert(newSample(change))).sample.id);
      }
      await samples.update(ids[6]!, { state: "rejected" }, LOCAL);
      const found = await personal.labelled(["2", "1", "9"], 2);
      expect(found.map(({ id, label }) => [ids.indexOf(id), label])).toEqual([
        [1, "2"],
        [3, "1"],
        [2, "1"],
      ]);
      expect(found[0]!.pixels).toHaveLength(784);
      expect(await personal.labelled([], 2)).toEqual([]);
    });

    test("changesAfter() has each changed sample once, as it is now, and whose it is", async () => {
      const { samples, personal } = await open();
      const { sample: old } = await samples.insert(newSample({ writer: "Aki", label: "1" }));
      const { mark } = await personal.changesAfter(null, 10);
      expect((await personal.changesAfter(mark, 10)).drawings).toEqual([]);
      const { sample } = await samples.insert(newSample({ sitting: "s1", label: "2" }));
      await samples.update(sample.id, { label: "3" }, LOCAL);
      await samples.update(old.id, { state: "rejected" }, LOCAL);
      const after = await personal.changesAfter(mark, 10);
      expect(after.drawings).toEqual([
        {
          id: sample.id,
          person: { writer: null, sitting: "s1" },
          drawing: expect.objectContaining({ label: "3", sitting: "s1" }),
        },
        { id: old.id, person: { writer: "Aki", sitting: null }, drawing: null },
      ]);
      await samples.delete(sample.id, LOCAL);
      expect((await personal.changesAfter(after.mark, 10)).drawings).toEqual([
        { id: sample.id, person: null, drawing: null },
      ]);
    });

    test("changesAfter() says null after a forgetting, and for more changes than were asked for", async () => {
      const { samples, personal, forgetting } = await open();
      await samples.insert(newSample({ writer: "Aki" }));
      const { mark } = await personal.changesAfter(null, 10);
      for (let n = 0; n < 3; n++) await samples.insert(newSample({ writer: "Bo" }));
      expect((await personal.changesAfter(mark, 3)).drawings).toHaveLength(3);
      expect((await personal.changesAfter(mark, 2)).drawings).toBeNull();
      const now = await personal.changesAfter(mark, 10);
      await forgetting.forget({ writer: "Bo" }, LOCAL, new Uint8Array(32));
      expect((await personal.changesAfter(now.mark, 10)).drawings).toBeNull();
    });

    test("monitoring counts both answers, and corrects the counts with the labels", async () => {
      const { samples, monitoring } = await open();
      const all = { span: "all", start: "" } as const;
      const ids: string[] = [];
      for (const change of [
        { label: "7", predicted: "1", shown: "7" },
        { label: "7", predicted: "7", shown: "7" },
        { label: "2", predicted: "2", shown: "7" },
        { label: "2", predicted: "2" },
        { label: null, predicted: "2", shown: "7" },
      ]) {
        ids.push((await samples.insert(newSample(change))).sample.id);
      }
      expect(await monitoring.withMemory(all)).toEqual({ n: 3, modelCorrect: 2, shownCorrect: 2 });
      await samples.update(ids[2]!, { label: "7" }, LOCAL);
      expect(await monitoring.withMemory(all)).toEqual({ n: 3, modelCorrect: 1, shownCorrect: 3 });
      await samples.update(ids[0]!, { state: "rejected" }, LOCAL);
      await samples.delete(ids[1]!, LOCAL);
      expect(await monitoring.withMemory(all)).toEqual({ n: 1, modelCorrect: 0, shownCorrect: 1 });
      await samples.delete(ids[2]!, LOCAL);
      expect(await monitoring.withMemory(all)).toEqual({ n: 0, modelCorrect: 0, shownCorrect: 0 });
    });

    test("both answers are stored with a prediction and with a label", async () => {
      const { samples } = await open();
      const { sample } = await samples.insert(newSample({ predicted: "1", shown: "7", sitting: "s1" }));
      expect(await samples.get(sample.id)).toMatchObject({ predicted: "1", shown: "7", sitting: "s1" });
    });
  });
}
