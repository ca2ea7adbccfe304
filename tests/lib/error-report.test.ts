import { expect, test } from "bun:test";
import { reportError } from "../../src/lib/error-report.ts";

test("reportError() tells name, message, code and the calls of the stack", () => {
  const report = reportError(Object.assign(new RangeError("too big"), { code: "SQLITE_FULL" }));
  expect(report).toMatchObject({ name: "RangeError", message: "too big", code: "SQLITE_FULL" });
  expect(report.stack[0]).toMatch(/^at .*error-report\.test\.ts:\d+:\d+\)?$/);
});

test("reportError() follows causes to the end, and a circle of them once round", () => {
  const first = new Error("first");
  const second = new Error("second", { cause: first });
  first.cause = second;
  const report = reportError(new Error("third", { cause: second }));
  expect(report.cause?.message).toBe("second");
  expect(report.cause?.cause?.message).toBe("first");
  expect(report.cause?.cause?.cause).toBeUndefined();
});

test("reportError() tells the parts of an AggregateError, with their causes", () => {
  const parts = [new Error("one", { cause: new TypeError("deep") }), "two"];
  const report = reportError(new AggregateError(parts, "all failed"));
  expect(report.errors?.map(({ name, message }) => `${name}: ${message}`)).toEqual([
    "Error: one",
    "Thrown: two",
  ]);
  expect(report.errors?.[0]?.cause).toMatchObject({ name: "TypeError", message: "deep" });
});

test("reportError() tells at most 16 errors of one", () => {
  const parts = Array.from({ length: 1_000 }, (_, i) => new Error(`part ${i}`));
  expect(reportError(new AggregateError(parts, "many")).errors?.length).toBeLessThanOrEqual(16);
  let deep = new Error("0");
  for (let i = 1; i < 1_000; i++) deep = new Error(String(i), { cause: deep });
  expect(JSON.stringify(reportError(deep)).match(/"name"/g)?.length).toBeLessThanOrEqual(16);
});

test("reportError() tells nothing of other properties, nor of a thrown value that is not an error", () => {
  const secret = { token: "s3cr3t", strokes: [[[1, 2]]] };
  const error = Object.assign(new Error("failed", { cause: secret }), secret);
  expect(JSON.stringify([reportError(error), reportError(secret)])).not.toMatch(/s3cr3t|strokes|token/);
  expect(reportError(secret).message).toBe("a value of type object");
});

test("reportError() takes no line of a message for a call, also when the message was changed later", () => {
  const error = new Error("first\n    at Ann (/a/b.ts:1:1)");
  expect(JSON.stringify(reportError(error).stack)).not.toContain("Ann");
  error.message = "second";
  expect(JSON.stringify(reportError(error, ["Ann"]).stack)).not.toContain("Ann");
});

test("reportError() never throws, whatever the properties do", () => {
  const hostile = new Error("x");
  for (const name of ["message", "stack", "cause", "name"]) {
    Object.defineProperty(hostile, name, {
      get() {
        throw new Error("no");
      },
    });
  }
  expect(reportError(hostile)).toEqual({
    name: "Error",
    message: "an error whose properties cannot be read",
    stack: [],
  });
  expect(reportError(Object.assign(new Error("odd"), { stack: 5, name: "a\nb", code: { a: 1 } }))).toEqual({
    name: "Error",
    message: "odd",
    stack: [],
  });
});
