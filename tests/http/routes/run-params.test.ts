import { expect, test } from "bun:test";
import { parseParams } from "../../../src/http/routes/run-params.ts";

test("parseParams() reads numbers, truth values, lists, words and dotted names", () => {
  expect(
    parseParams('epochs=3, a.b=true,layers=[dense,-2],name=keras_mnist_cnn,list=["x",1],none=null'),
  ).toEqual({
    params: {
      epochs: 3,
      "a.b": true,
      layers: ["dense", -2],
      name: "keras_mnist_cnn",
      list: ["x", 1],
      none: null,
    },
  });
});

test("parseParams() gives no parameters for nothing", () => {
  expect([parseParams(""), parseParams(" , ")]).toEqual([{ params: {} }, { params: {} }]);
});

test("parseParams() names the part that is not name=value", () => {
  for (const [text, part] of [
    ["epochs=3,seed", "seed"],
    ["=3", "=3"],
    ["a..b=1", "a..b=1"],
    ["1a=2", "1a=2"],
  ]) {
    expect(parseParams(text!)).toEqual({ invalidPart: part! });
  }
});

test("parseParams() keeps an equals sign inside the value", () => {
  expect(parseParams("note=a=b")).toEqual({ params: { note: "a=b" } });
});
