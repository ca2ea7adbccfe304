import { expect, test } from "bun:test";
import { IDLE_MS, LABELS_PER_SITTING, Sitting } from "../../../../views/assets/draw/sitting.ts";

function sittingAt(clock: { ms: number }): Sitting {
  let count = 0;
  return new Sitting(
    () => `sitting-${++count}`,
    () => clock.ms,
  );
}

test("Sitting uses one id for 20 labels and a new one to the 21st", () => {
  const sitting = sittingAt({ ms: 0 });
  const ids = Array.from({ length: LABELS_PER_SITTING + 1 }, () => sitting.forLabel());
  expect(new Set(ids.slice(0, 20))).toEqual(new Set(["sitting-1"]));
  expect(ids[20]).toBe("sitting-2");
});

test("Sitting starts over after half an hour without a label, not before", () => {
  const clock = { ms: 1_000_000 };
  const sitting = sittingAt(clock);
  sitting.forLabel();
  clock.ms += IDLE_MS;
  expect(sitting.forLabel()).toBe("sitting-1");
  clock.ms += IDLE_MS + 1;
  expect(sitting.forLabel()).toBe("sitting-2");
});
