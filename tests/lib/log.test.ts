import { expect, test } from "bun:test";
import { createLog, type LogFields, type LogRecord } from "../../src/lib/log.ts";
import { FakeClock } from "../storage/helpers.ts";

function recorded(secrets: readonly string[] = []) {
  const records: LogRecord[] = [];
  const log = createLog({ clock: new FakeClock(), secrets, write: (record) => records.push(record) });
  return { log, records };
}

test("a log hands on time, level, module, message and fields", () => {
  const { log, records } = recorded();
  log.of("http").with({ request_id: "r1" }).warning("slow", { status: 200 });
  expect(records).toEqual([
    {
      time: new Date("2026-01-02T03:04:05.000Z"),
      level: "warning",
      module: "http",
      message: "slow",
      fields: { request_id: "r1", status: 200 },
      error: null,
    },
  ]);
});

test("a field that is not on the list, or is no string or number, is left out", () => {
  const { log, records } = recorded();
  const fields = {
    writer: "Ann",
    strokes: [[[1, 2]]],
    status: { a: 1 },
    reason: null,
    run_id: "r",
    count: NaN,
  };
  log.info("hello", fields as unknown as LogFields);
  expect(records[0]?.fields).toEqual({ run_id: "r" });
});

test("secrets are in no message, field or error; what hiding() names is in no error", () => {
  const { log, records } = recorded(["k3y-of-bucket"]);
  const own = log.hiding(["Ann"]);
  own.error("k3y-of-bucket", {
    reason: "k3y-of-bucket",
    request_id: "Ann",
    error: new Error("k3y-of-bucket Ann"),
  });
  const [record] = records;
  expect(record?.message).toBe("[hidden]");
  expect(record?.fields).toEqual({ request_id: "Ann", reason: "[hidden]" });
  expect(record?.error?.message).toBe("[hidden] [hidden]");
});

test("a log whose output throws does not", () => {
  const log = createLog({
    clock: new FakeClock(),
    write: () => {
      throw new Error("disk full");
    },
  });
  expect(() => log.error("x")).not.toThrow();
});

test("a line of a level that is not enabled is not made", () => {
  const records: LogRecord[] = [];
  const isEnabled = (level: string) => level !== "debug";
  const log = createLog({ clock: new FakeClock(), isEnabled, write: (record) => records.push(record) });
  log.debug("a");
  log.info("b");
  expect(records.map(({ message }) => message)).toEqual(["b"]);
});
