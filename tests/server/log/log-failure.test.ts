import { expect, test } from "bun:test";
import { BusyError, UnavailableError } from "../../../src/lib/errors.ts";
import type { LogFields } from "../../../src/lib/log.ts";
import { logFailure } from "../../../src/server/log/log-failure.ts";

function logged(error: unknown): [string, string, LogFields | undefined][] {
  const lines: [string, string, LogFields | undefined][] = [];
  const log = {
    debug: (message: string, fields?: LogFields) => void lines.push(["debug", message, fields]),
    error: (message: string, fields?: LogFields) => void lines.push(["error", message, fields]),
  };
  logFailure(log, "the pool cannot be scored", error);
  return lines;
}

test("work that a busy predictor has refused is logged for debugging, without a stack", () => {
  const fields = { reason: "The server is busy" };
  expect(logged(new BusyError("The server is busy"))).toEqual([
    ["debug", "the pool cannot be scored", fields],
  ]);
});

test("work that has failed is logged as an error, with the error", () => {
  const error = new UnavailableError("The disk is full");
  expect(logged(error)).toEqual([["error", "the pool cannot be scored", { error }]]);
});
