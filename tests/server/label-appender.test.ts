import { expect, test } from "bun:test";
import { createLabelAppender } from "../../src/server/label-appender.ts";

/** A store and a file of numbers, and a clock that only a write moves. */
function world(writeMs = 10) {
  const state = { revision: 0, writes: 0, nowMs: 0, isFailing: false };
  const appender = createLabelAppender({
    samples: { revision: async () => String(state.revision) },
    write: async () => {
      state.nowMs += writeMs;
      if (state.isFailing) throw new Error("the disk is full");
      state.writes++;
    },
    monotonicMs: () => state.nowMs,
  });
  return { state, appender };
}

test("createLabelAppender() writes only when samples have changed", async () => {
  const { state, appender } = world();
  for (const revision of [0, 0, 1, 1, 1, 2]) {
    Object.assign(state, { revision, nowMs: state.nowMs + 1000 });
    await appender.follow();
  }
  expect(state.writes).toBe(3);
});

test("createLabelAppender() writes at most a twentieth of the time, however many labels there are", async () => {
  const { state, appender } = world(500);
  while (state.nowMs < 1_000_000) {
    state.revision++;
    state.nowMs += 20;
    await appender.follow();
  }
  expect(state.writes).toBeWithin(90, 97);
});

test("createLabelAppender() tries again after a failure, and does not wait before the server stops", async () => {
  const { state, appender } = world();
  state.isFailing = true;
  expect(await appender.finish().catch((error: Error) => error.message)).toBe("the disk is full");
  state.isFailing = false;
  await appender.follow();
  expect(state.writes).toBe(0);
  await appender.finish();
  expect(state.writes).toBe(1);
});
