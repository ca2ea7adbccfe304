import { expect, test } from "bun:test";
import { singleFlight } from "../../src/scheduler/single-flight.ts";
import { settled } from "./helpers.ts";

test("singleFlight() lets calls during a run share one more run after it", async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const run = singleFlight(() => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  });
  const first = run();
  const later = [run(), run(), run()];
  await settled();
  expect(gates).toHaveLength(1);
  gates[0]!.resolve();
  await first;
  await settled();
  expect(gates).toHaveLength(2);
  gates[1]!.resolve();
  await Promise.all(later);
  expect(gates).toHaveLength(2);
});

test("singleFlight() rejects the callers of the run that threw, and works again afterwards", async () => {
  let calls = 0;
  const run = singleFlight(async () => {
    calls += 1;
    await settled();
    if (calls === 1) throw new Error("first");
  });
  const [first, second] = await Promise.allSettled([run(), run()]);
  expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  await run();
  expect(calls).toBe(3);
});
