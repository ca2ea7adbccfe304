import { expect, test } from "bun:test";
import { decodeGate, resultOf } from "../../src/domain/gate.ts";

const check = { name: "a", passed: true, detail: "fine" };

test("resultOf() tells what passed from what was not judged, and what failed from what lacks evidence", () => {
  expect(resultOf(check)).toBe("passed");
  expect(resultOf({ ...check, isUnjudged: true })).toBe("unjudged");
  expect(resultOf({ ...check, passed: false })).toBe("failed");
  expect(resultOf({ ...check, passed: false, isMissing: true })).toBe("missing");
});

test.each([
  "No drawings are held out: they say nothing for or against the candidate",
  "No class has 1,000 held-out drawings yet, so none is evaluated alone",
  "Reported only: no drawings of the old classes are held out",
  "Of 0 new labels, 0 are in review and were not trained on",
])("resultOf() of a record of an older release is not judged: %s", (detail) => {
  expect(resultOf({ ...check, detail })).toBe("unjudged");
});

test("decodeGate() keeps what was not judged, and reads anything but true or false as not recorded", () => {
  const read = (isUnjudged: unknown) =>
    decodeGate({ passed: true, checks: [{ ...check, isUnjudged }] })?.checks[0]?.isUnjudged;
  expect([read(true), read(false), read("yes")]).toEqual([true, false, undefined]);
});

test("resultOf() of an older record of drawings is not judged when they were too few to speak against a candidate", () => {
  const drawings = (n: number) => resultOf({ ...check, says: { key: "drawings", figures: { n, p: 1 } } });
  expect([drawings(5), drawings(6)]).toEqual(["unjudged", "passed"]);
});
