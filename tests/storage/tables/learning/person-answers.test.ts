import { expect, test } from "bun:test";
import { systemClock } from "../../../../src/lib/clock.ts";
import { openStore } from "../../../../src/storage/open.ts";
import { newSample } from "../../helpers.ts";

test("person() has the prediction of the model and the one that was shown", async () => {
  const store = await openStore({ path: ":memory:", clock: systemClock, holdoutFraction: 0.2 });
  await store.samples.insert(newSample({ writer: "ann", label: "7", predicted: "7" }));
  await store.samples.insert(newSample({ writer: "ann", label: "7", predicted: "1", shown: "7" }));
  await store.samples.insert(newSample({ writer: "bo", label: "7", predicted: "1", shown: "1" }));
  const { answers } = await store.learning.person("ann", 10);
  expect(answers.map(({ predicted, shown }) => [predicted, shown])).toEqual([
    ["7", null],
    ["1", "7"],
  ]);
  await store.close();
});
