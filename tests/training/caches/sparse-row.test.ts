import { expect, test } from "bun:test";
import fc from "fast-check";
import { packRow, unpackRow } from "../../../src/training/caches/sparse-row.ts";

test("unpackRow() restores every bit of what packRow() packed: zeros of both signs, NaN, denormals", () => {
  const value = fc.oneof(fc.constant(0), fc.constant(-0), fc.float());
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 200 }), fc.array(value, { maxLength: 100 }), (dense, sparse) => {
      for (const values of [dense, Float32Array.from(sparse)]) {
        const out = new Float32Array(values.length + 3);
        unpackRow(packRow(values), values.length, out, 2);
        expect(Buffer.from(out.slice(2, -1).buffer)).toEqual(Buffer.from(values.slice().buffer));
        expect([out[0], out[1], out.at(-1)]).toEqual([0, 0, 0]);
      }
    }),
  );
});

test("packRow() uses one bit per value and one word per non-zero value", () => {
  const values = new Float32Array(64);
  values[1] = 5;
  values[33] = -1;
  expect([...new Uint32Array(packRow(values).buffer)]).toEqual([2, 2, 0x40a00000, 0xbf800000]);
});

test("unpackRow() accepts rows that do not start at a word, and refuses those of another width", () => {
  const packed = packRow(new Float32Array([1, 0, 2]));
  const shifted = new Uint8Array(packed.length + 1).subarray(1);
  shifted.set(packed);
  const out = new Float32Array(3);
  unpackRow(shifted, 3, out, 0);
  expect([...out]).toEqual([1, 0, 2]);
  expect(() => unpackRow(packed.subarray(0, 8), 3, new Float32Array(3), 0)).toThrow(RangeError);
  expect(() => unpackRow(packed, 100, new Float32Array(100), 0)).toThrow("Cannot unpack a row of 100 values");
});
