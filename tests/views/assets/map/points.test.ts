import { expect, test } from "bun:test";
import { MapPoints, NO_LABEL } from "../../../../views/assets/map/points.ts";

const IDS = [0, 1, 2, 3, 4].map((n) => `01234567-89ab-7def-8123-45670000000${n}`);

/** On a diagonal: 0 to 4 tenths; the labels are 1, 7, none, 1 and, withdrawn, 7. */
function points(): MapPoints {
  return new MapPoints({
    labels: ["1", "7"],
    ids: Buffer.from(IDS.join("").replaceAll("-", ""), "hex").toString("base64url"),
    x: [0, 1_000, 2_000, 3_000, 4_000],
    y: [0, 1_000, 2_000, 3_000, 4_000],
    label: [0, 1, NO_LABEL, 0, 1],
    predicted: [0, 0, 0, 1, 1],
    confidence: [99, 60, 30, 80, 90],
    withdrawn: [4],
  });
}

const ALL = [
  { x: -1, y: -1 },
  { x: 2, y: -1 },
  { x: 2, y: 2 },
  { x: -1, y: 2 },
];

test("MapPoints reads ids as the server writes them, and writes them as addresses have them", () => {
  const own = points();
  expect(Array.from({ length: own.n }, (_, i) => own.id(i))).toEqual(IDS);
  expect(own.placeOf(IDS[3]!)).toBe(3);
  expect(own.placeOf("01234567-89ab-7def-8123-456700000009")).toBeNull();
  expect(Buffer.from(own.address([1, 3]), "base64url").toString("hex")).toBe(
    `${IDS[1]}${IDS[3]}`.replaceAll("-", ""),
  );
});

test("inside() and inBox() leave out what is withdrawn, and the labels that the legend has turned off", () => {
  const own = points();
  expect(own.inside(ALL)).toEqual([0, 1, 2, 3]);
  own.toggle(0, false);
  expect(own.inside(ALL)).toEqual([1, 2]);
  expect(own.inBox({ x: 0, y: 0 }, { x: 1, y: 1 })).toEqual([1, 2]);
  own.toggle(0, true);
  expect(own.inBox({ x: 0.1, y: 0.1 }, { x: 0.2, y: 0.2 })).toEqual([1, 2]);
});

test("nearest() finds the nearest shown point within reach", () => {
  const own = points();
  expect(own.nearest({ x: 0.11, y: 0.11 }, 0.05)).toBe(1);
  expect(own.nearest({ x: 0.15, y: 0.17 }, 0.02)).toBeNull();
  expect(own.nearest({ x: 0.4, y: 0.4 }, 0.05)).toBeNull();
});

test("isWrong() is about labelled drawings only, and follows a change of the label", () => {
  const own = points();
  expect([0, 1, 2, 3].map((i) => own.isWrong(i))).toEqual([false, true, false, true]);
  own.change(IDS[1]!, "1", "labelled");
  expect(own.isWrong(1)).toBe(false);
  expect(own.count(0)).toBe(3);
});

test("change() hides what is withdrawn, shows what is restored, and knows none of the classes", () => {
  const own = points();
  own.change(IDS[0]!, "1", "rejected");
  own.change(IDS[4]!, "7", "labelled");
  own.change(IDS[3]!, "", "negative");
  expect(own.inside(ALL)).toEqual([1, 2, 3, 4]);
  expect([own.count(0), own.count(1), own.count(NO_LABEL)]).toEqual([0, 2, 2]);
  // Not on the map: nothing happens.
  own.change("01234567-89ab-7def-8123-456700000009", "7", "labelled");
  expect(own.count(1)).toBe(2);
});
