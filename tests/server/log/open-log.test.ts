import { afterEach, expect, test } from "bun:test";
import type { LogFormat, LogLevel } from "../../../src/lib/log.ts";
import { FakeClock } from "../../storage/helpers.ts";
import { type LogToText, logToText } from "../../support/log-output.ts";

let output: LogToText | null = null;
afterEach(() => output?.close());

function open(format: LogFormat, level: LogLevel = "debug") {
  output = logToText(format, { level, clock: new FakeClock() });
  return output;
}

/** Its stack is as long as the test says. */
function failure(message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  error.stack = `Error: ${message}\n    at f (/src/x.ts:1:2)`;
  return error;
}

test("a line of text has local time with its offset, level, module, message and name=value pairs", () => {
  const { log, text } = open("text");
  log
    .of("http")
    .info("answered", { route: "/api/v1/samples/:id", status: 200, reason: 'two words, a "quote"' });
  expect(text()).toMatch(
    /^2026-01-0\dT\d\d:\d\d:05\.000[+-]\d\d:\d\d INFO {2}http: answered route=\/api\/v1\/samples\/:id status=200 reason="two words, a \\"quote\\""\n$/,
  );
});

test("a JSON line is one object with time, level, module, message and the fields", () => {
  const { log, text } = open("json");
  log.of("http").warning("slow {status}", { status: 200 });
  expect(text()).toBe(
    '{"time":"2026-01-02T03:04:05.000Z","level":"warning","module":"http","message":"slow {status}","status":200}\n',
  );
});

test("an error is written as indented lines in text, causes after it", () => {
  const { log, text } = open("text");
  const cause = Object.assign(failure("full"), { code: "SQLITE_FULL" });
  log.error("failed", { error: new AggregateError([failure("part")], "all", { cause }) });
  const lines = text().trimEnd().split("\n");
  expect(lines[0]).toMatch(/ERROR server: failed$/);
  expect(lines[1]).toBe("    AggregateError: all");
  expect(lines.slice(1).filter((line) => !/^ {4,}\S/.test(line))).toEqual([]);
  expect(lines.slice(-4)).toEqual([
    "        one of: Error: part",
    "            at f (/src/x.ts:1:2)",
    "    caused by: Error (SQLITE_FULL): full",
    "        at f (/src/x.ts:1:2)",
  ]);
});

test("an error is written as fields in JSON, causes within it", () => {
  const { log, text } = open("json");
  log.error("failed", { error: failure("outer", { cause: failure("inner") }) });
  const stack = ["at f (/src/x.ts:1:2)"];
  expect(JSON.parse(text()).error).toEqual({
    name: "Error",
    message: "outer",
    stack,
    cause: { name: "Error", message: "inner", stack },
  });
});

test("one event is one line, whatever line breaks and controls its values have", () => {
  const forged = "x\n2026-01-02T03:04:05.000Z ERROR http: forged\r\u2028\u001b[2J";
  for (const format of ["text", "json"] as const) {
    const { log, text, close } = open(format);
    log.info(forged, { reason: forged, route: forged });
    log.error("failed", { error: failure(forged) });
    const lines = text()
      .trimEnd()
      .split(/[\n\r\u2028\u0085]/);
    expect(lines).toHaveLength(format === "json" ? 2 : 4);
    expect(lines.filter((line) => /^\d\S+ ERROR http/.test(line))).toEqual([]);
    expect(text()).not.toContain("\u001b");
    close();
  }
});

test("lines below the level are left out", () => {
  const { log, text } = open("text", "warning");
  log.debug("a");
  log.info("b");
  log.warning("c");
  log.error("d");
  expect(text().match(/server: \w/g)).toEqual(["server: c", "server: d"]);
});

test("a closed log is silent", () => {
  const { log, text, close } = open("text");
  close();
  log.error("late");
  expect(text()).toBe("");
});
