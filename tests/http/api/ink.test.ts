import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const ROUTES = ["/api/v1/predict", "/api/v1/explain", "/api/v1/samples"];

/** What a route expects besides the drawing. */
const labelFor = (route: string) => (route.endsWith("samples") ? { label: "1" } : {});

async function post(route: string, body: object | string) {
  const { send, store } = await createTestApp();
  const sent = typeof body === "string" ? body : { ...body, ...labelFor(route) };
  const response = await send("POST", route, sent);
  const { detail, errors } = (await response.json()) as { detail?: string; errors?: { path: string }[] };
  const stored = (await Array.fromAsync(store.samples.iterate())).length;
  await store.close();
  return { status: response.status, detail, paths: errors?.map(({ path }) => path), stored };
}

/** Points along a zigzag, in strokes of these lengths. */
const drawingOf = (...lengths: number[]) => ({
  strokes: lengths.map((n) => Array.from({ length: n }, (_, i) => [(i * 7) % 100, (i * 11) % 90])),
  width: 100,
  height: 100,
});

for (const route of ROUTES) {
  describe(`POST ${route}`, () => {
    test("takes the 2,000 points with time and pressure of the case long.json, which are 73 KB", async () => {
      const file = Bun.file(join(import.meta.dir, "../../fixtures/cases/long.json"));
      const { status } = await post(route, (await file.json()) as object);
      expect([200, 201]).toContain(status);
    });

    test("takes 10,000 points, in one stroke or in a thousand", async () => {
      for (const lengths of [[10_000], Array<number>(1_000).fill(10)]) {
        expect([200, 201]).toContain((await post(route, drawingOf(...lengths))).status);
      }
    });

    const excessive: [string, number[], string][] = [
      ["10,001 points in one stroke", [10_001], "at most 10000 points in total, found 10001"],
      ["10,001 points in two strokes", [5_000, 5_001], "at most 10000 points in total, found 10001"],
      ["40,000 points", [40_000], "at most 10000 points in total, found 40000"],
      ["1,001 strokes", Array<number>(1_001).fill(1), "at most 1000 strokes, found 1001"],
      ["100,000 empty strokes", Array<number>(100_000).fill(0), "at most 1000 strokes, found 100000"],
    ];
    test.each(excessive)("is 413 and names the limit for %s", async (_, lengths, found) => {
      expect(await post(route, drawingOf(...lengths))).toEqual({
        status: 413,
        detail: `strokes: expected ${found}. Simplify the drawing.`,
        paths: undefined,
        stored: 0,
      });
    });

    test("counts points before it checks any of them", async () => {
      const strokes = [Array(20_000).fill("x")];
      expect((await post(route, { strokes, width: 1, height: 1 })).status).toBe(413);
    });

    for (const side of ["width", "height"]) {
      const refused: unknown[] = [0, -0, -1, -1e-9, 1_000_001, 1e308, "100", null, [], true];
      // Each in a row of its own: an empty array alone would be a row without a value.
      test.each(refused.map((value) => [value]))(
        `is 422 and names the ${side} when it is %p`,
        async (value) => {
          const { status, paths, stored } = await post(route, { ...STROKES, [side]: value });
          expect({ status, paths, stored }).toEqual({ status: 422, paths: [side], stored: 0 });
        },
      );

      test(`is 422 and names the ${side} when it overflows to infinity or is missing`, async () => {
        const { [side as "width"]: _, ...rest } = { ...STROKES, ...labelFor(route) };
        const infinite = JSON.stringify(rest).replace(/}$/, `,"${side}":1e999}`);
        expect(await post(route, infinite)).toMatchObject({ status: 422, paths: [side], stored: 0 });
        expect(await post(route, JSON.stringify(rest))).toMatchObject({ status: 422, paths: [side] });
      });
    }

    test("says what was expected of a width of 0", async () => {
      const { detail } = await post(route, { ...STROKES, width: 0 });
      expect(detail).toBe(
        "The body is not valid: width expected a number above 0 and at most 1000000, found 0",
      );
    });
  });
}
