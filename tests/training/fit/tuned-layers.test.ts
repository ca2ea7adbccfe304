import { describe, expect, test } from "bun:test";
import { UsageError } from "../../../src/lib/errors.ts";
import { tunedLayers } from "../../../src/training/fit/tuned-layers.ts";

const layers = [
  { name: "conv_1", weights: [1, 2] },
  { name: "flatten", weights: [] },
  { name: "dense", weights: [1, 2] },
  { name: "predictions", weights: [1, 2] },
];

describe("tunedLayers()", () => {
  test("finds layers by index, from the end, by name, and in lists of these", () => {
    expect([...tunedLayers(layers, 0)]).toEqual(["conv_1"]);
    expect([...tunedLayers(layers, -1)]).toEqual(["predictions"]);
    expect([...tunedLayers(layers, "dense")]).toEqual(["dense"]);
    expect([...tunedLayers(layers, ["dense", -1, 3])]).toEqual(["dense", "predictions"]);
  });

  const all = '0 "conv_1", 1 "flatten", 2 "dense", 3 "predictions"';
  const refused: [string, number | string | number[], string][] = [
    [
      "a name is unknown",
      "dens",
      `tuning_layer: there is no layer "dens" among ${all}. Did you mean "dense"?`,
    ],
    ["an index is past the end", 4, `tuning_layer: there is no layer 4 among ${all}`],
    ["an index is before the start", -5, `tuning_layer: there is no layer -5 among ${all}`],
    ["an index is a fraction", 1.5, `tuning_layer: there is no layer 1.5 among ${all}`],
    [
      "a layer has no weights",
      1,
      'layer "flatten" has no weights to train; these have: conv_1, dense, predictions',
    ],
    ["the list is empty", [], `tuning_layer is empty: name at least one of ${all}`],
  ];
  for (const [when, selector, message] of refused) {
    test(`throws a UsageError that lists the layers when ${when}`, () => {
      expect(() => tunedLayers(layers, selector)).toThrow(UsageError);
      expect(() => tunedLayers(layers, selector)).toThrow(message);
    });
  }
});
