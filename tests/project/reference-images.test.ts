import { expect, test } from "bun:test";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import { embedded } from "../../src/project/embedded.ts";
import { referenceImages } from "../../src/project/reference-images.ts";
import { memoryStore, newRun, newSample } from "../storage/helpers.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** A store with so many drawings, the model of a run that has seen them, and 3 drawings after it. */
async function trainedOn(drawings: number) {
  const store = await memoryStore(undefined, 0);
  await store.models.create({
    name: "digits",
    key: "builtin:base",
    sha256: "0",
    runId: null,
    parentVersion: null,
    metrics: NO_METRICS,
    gate: null,
    state: "ready",
  });
  for (let n = 0; n < drawings; n++) await store.samples.insert(newSample());
  await store.samples.insert(newSample({ label: null }));
  await store.runs.create(newRun("r1"));
  await store.runs.update("r1", { lastSampleId: await store.samples.latestId() });
  await store.models.create({
    name: "digits",
    key: "models/2",
    sha256: "1",
    runId: "r1",
    parentVersion: 1,
    metrics: NO_METRICS,
    gate: null,
    state: "ready",
  });
  for (let n = 0; n < 3; n++) await store.samples.insert(newSample());
  return store;
}

const noPause = async () => true;

test("referenceImages() of the base model is 1,000 built-in images, the same each time", async () => {
  const store = await trainedOn(0);
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
  };
  const first = await referenceImages(store, embedded, DIGITS, 1, pause);
  expect(first).toMatchObject({ source: "built_in", drawings: 0, builtIn: 1_000 });
  expect([...first!.images, ...first!.scans].map(({ length }) => length)).toEqual(new Array(1_000).fill(784));
  expect(first!.scans).toHaveLength(500);
  expect(await referenceImages(store, embedded, DIGITS, 1, noPause)).toEqual(first);
  expect(pauses).toBe(25);
});

test("referenceImages() of a run's model is the drawings that it had seen, without later ones and those without a label", async () => {
  const { images, scans, ...origin } = (await referenceImages(
    await trainedOn(230),
    embedded,
    DIGITS,
    2,
    noPause,
  ))!;
  expect(origin).toEqual({ source: "training", drawings: 230, builtIn: 0 });
  expect([images.length, scans.length]).toEqual([230, 0]);
});

test("referenceImages() fills up few drawings with built-in images", async () => {
  const { images, scans, ...origin } = (await referenceImages(
    await trainedOn(20),
    embedded,
    DIGITS,
    2,
    noPause,
  ))!;
  expect(origin).toEqual({ source: "both", drawings: 20, builtIn: 980 });
  expect([images.length, scans.length]).toEqual([510, 490]);
});

test("referenceImages() of other classes needs 100 drawings", async () => {
  expect(await referenceImages(await trainedOn(99), embedded, ["a", "b"], 2, noPause)).toBeNull();
  expect(await referenceImages(await trainedOn(100), embedded, ["a", "b"], 2, noPause)).toMatchObject({
    source: "training",
    drawings: 100,
  });
});

test("referenceImages() leaves out drawings that wait for a person or are pinned: no run trained on them", async () => {
  const store = await trainedOn(230);
  const [first, second, third] = await store.samples.pageAfter(null, 3);
  const mark = { label: "7", reading: "1", p: 0.001 };
  await store.samples.putMarks("r1", [
    { id: first!.id, state: "suspect", ...mark },
    { id: second!.id, state: "held", ...mark },
  ]);
  await store.samples.pin(third!.id, true);
  expect((await referenceImages(store, embedded, DIGITS, 2, noPause))!.drawings).toBe(227);
});
