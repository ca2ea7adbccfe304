import { expect, test } from "bun:test";
import { decodeState, encodeState, type TrainingState } from "../../../src/training/fit/checkpoint.ts";

const record = {
  epoch: 1,
  loss: 0.25,
  val_loss: null,
  val_accuracy: null,
  samples_per_s: 7.5,
  learning_rate: 0.001,
  seconds: 1,
};
const state: TrainingState = {
  history: [record],
  weights: new Float32Array([1, -0, 1e-40]),
  squares: [new Float32Array([4]), new Float32Array(0)],
  best: { epoch: 1, weights: new Float32Array([5, 6, 7]) },
};

test("decodeState() restores what encodeState() encoded, bit by bit", () => {
  expect(decodeState(encodeState(state))).toEqual(state);
  const noBest = { ...state, best: null };
  expect(decodeState(encodeState(noBest))).toEqual(noBest);
});

test("decodeState() returns null for any changed byte, and for bytes truncated anywhere", () => {
  const bytes = new Uint8Array(encodeState(state));
  for (let at = 0; at < bytes.length; at++) {
    expect(decodeState(bytes.with(at, bytes[at]! ^ 0x10))).toBeNull();
    expect(decodeState(bytes.subarray(0, at))).toBeNull();
  }
});
