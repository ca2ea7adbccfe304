import { expect, test } from "bun:test";
import type { StoredDrawings } from "../../../src/domain/samples/stored-drawings.ts";
import { pickDrawings } from "../../../src/pipelines/map/pick-drawings.ts";

const CONTEXT = { signal: new AbortController().signal, progress() {}, log() {} };

/** Images of one pixel, which is the drawing's number; `loaded` has the ids whose images were asked for. */
function drawings(
  n: number,
  labelOf: (i: number) => string | null,
  doubtful: readonly number[] = [],
  { loaded = [] as string[], gone = [] as string[] } = {},
) {
  const all = Array.from({ length: n }, (_, i) => i);
  const isDoubtful = Uint8Array.from(all, (i) => Number(doubtful.includes(i)));
  const stored: StoredDrawings = {
    ...{ lastArrival: "last", rows: 1, cols: 1, isDoubtful },
    ...{ ids: all.map(String), labels: all.map(labelOf) },
    async loadImages(ids) {
      loaded.push(...ids);
      return ids.map((id) => (gone.includes(id) ? null : Uint8Array.of(Number(id))));
    },
  };
  return stored;
}

const pick = (stored_drawings: StoredDrawings, max_drawings: number, seed = 1) =>
  pickDrawings({ stored_drawings, map: { max_drawings, neighbours: 15, min_distance: 1 }, seed }, CONTEXT);

test("pickDrawings() takes all drawings where they fit", async () => {
  const picked = await pick(
    drawings(20, () => "1"),
    20,
  );
  expect(picked.ids).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  expect(picked).toMatchObject({ total: 20, lastArrival: "last" });
});

test("pickDrawings() of too many keeps all in doubt, then the same number of each label, with their images", async () => {
  // Ten drawings of a rare label among 190 of another.
  const doubtful = [3, 50, 199];
  const picked = await pick(
    drawings(200, (i) => (i % 20 === 7 ? "rare" : "1"), doubtful),
    23,
  );
  expect(picked.ids).toHaveLength(23);
  expect(doubtful.map(String).every((id) => picked.ids.includes(id))).toBe(true);
  expect(picked.ids.filter((id) => Number(id) % 20 === 7)).toHaveLength(10);
  expect([...picked.images]).toEqual(picked.ids.map(Number));
  expect(picked.total).toBe(200);
});

test("pickDrawings() picks the same by the same seed, and others by another", async () => {
  const stored = drawings(200, (i) => String(i % 4));
  expect(await pick(stored, 40, 5)).toEqual(await pick(stored, 40, 5));
  expect((await pick(stored, 40, 6)).ids).not.toEqual((await pick(stored, 40, 5)).ids);
});

test("pickDrawings() has no more than the limit, even when more are in doubt", async () => {
  const picked = await pick(
    drawings(
      100,
      () => "1",
      Array.from({ length: 60 }, (_, i) => i),
    ),
    30,
  );
  expect(picked.ids).toHaveLength(30);
  expect(picked.ids.every((id) => Number(id) < 60)).toBe(true);
});

test("pickDrawings() loads the images of those that it picks, and no others", async () => {
  const loaded: string[] = [];
  const picked = await pick(
    drawings(200, (i) => String(i % 4), [5], { loaded }),
    40,
  );
  expect(loaded).toHaveLength(40);
  expect(loaded).toEqual(picked.ids);
});

test("pickDrawings() leaves out drawings that were forgotten after their ids were loaded", async () => {
  const picked = await pick(
    drawings(20, () => "1", [], { gone: ["3", "19"] }),
    100,
  );
  expect(picked.ids).toHaveLength(18);
  expect([...picked.images]).toEqual(picked.ids.map(Number));
  const left = pick(
    drawings(11, () => "1", [], { gone: ["3", "9"] }),
    100,
  );
  await expect(left).rejects.toThrow("There are 9 drawings with a label");
});

test("pickDrawings() refuses nine drawings, with the number that it needs", async () => {
  const few = pick(
    drawings(9, () => "1"),
    100,
  );
  await expect(few).rejects.toThrow(
    "There are 9 drawings with a label: too few for a map, which needs 10. Draw and label more first",
  );
});
