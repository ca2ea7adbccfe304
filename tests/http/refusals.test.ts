import { expect, test } from "bun:test";
import { createRefusals } from "../../src/http/refusals.ts";
import { createLog, type LogRecord } from "../../src/lib/log.ts";
import { every } from "../../src/scheduler/loop.ts";
import { FakeTimers, MINUTE_MS } from "../scheduler/helpers.ts";
import { FakeClock } from "../storage/helpers.ts";

function setUp() {
  const clock = new FakeClock();
  const timers = new FakeTimers(clock);
  const records: LogRecord[] = [];
  const log = createLog({ clock, write: (record) => records.push(record) });
  const refusals = createRefusals(log, () => timers.monotonicMs());
  const count = (status: number, times = 1) => {
    for (let i = 0; i < times; i++) refusals.count(status);
  };
  return { timers, records, refusals, count, messages: () => records.map(({ message }) => message) };
}

test("refusals are summarised in one line a minute, the most frequent kind first", async () => {
  const { timers, refusals, count, messages, records } = setUp();
  every(timers, MINUTE_MS, refusals.summarise, () => {});
  count(413, 3);
  count(404, 9);
  await timers.advance(MINUTE_MS - 1);
  expect(messages()).toEqual([]);
  await timers.advance(1);
  expect(messages()).toEqual(["12 requests refused in the last minute: 9 x 404, 3 x 413"]);
  expect(records[0]).toMatchObject({ level: "info", fields: { count: 12 } });
});

test("a minute without refusals has no line, and each refusal is counted once", async () => {
  const { timers, refusals, count, messages } = setUp();
  every(timers, MINUTE_MS, refusals.summarise, () => {});
  count(404);
  await timers.advance(3 * MINUTE_MS);
  expect(messages()).toEqual(["1 request refused in the last minute: 1 x 404"]);
});

test("refusals since the last line are summarised at the end, with the time that has passed", async () => {
  const { timers, refusals, count, messages } = setUp();
  await timers.advance(23_400);
  count(403, 2);
  refusals.summarise();
  expect(messages()).toEqual(["2 requests refused in the last 23 s: 2 x 403"]);
});

test("no more than 20 statuses are listed", () => {
  const { refusals, count, messages } = setUp();
  for (let status = 400; status < 499; status++) count(status);
  refusals.summarise();
  const kinds = messages()[0]?.split(": ")[1]?.split(", ");
  expect(kinds).toHaveLength(21);
  expect(kinds).toContain("79 x other");
});
