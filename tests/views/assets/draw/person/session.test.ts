import { expect, test } from "bun:test";
import { IDLE_MS, LABELS_PER_SESSION, Session } from "../../../../../views/assets/draw/person/session.ts";

function sessionAt(clock: { ms: number }): Session {
  let count = 0;
  return new Session(
    () => `session-${++count}`,
    () => clock.ms,
  );
}

test("Session uses one id for 20 labels and a new one to the 21st", () => {
  const session = sessionAt({ ms: 0 });
  const ids = Array.from({ length: LABELS_PER_SESSION + 1 }, () => session.forLabel());
  expect(new Set(ids.slice(0, 20))).toEqual(new Set(["session-1"]));
  expect(ids[20]).toBe("session-2");
});

test("Session starts over after half an hour without a label, not before", () => {
  const clock = { ms: 1_000_000 };
  const session = sessionAt(clock);
  session.forLabel();
  clock.ms += IDLE_MS;
  expect(session.forLabel()).toBe("session-1");
  clock.ms += IDLE_MS + 1;
  expect(session.forLabel()).toBe("session-2");
});
