import { expect, test } from "bun:test";
import {
  ConflictError,
  InputError,
  NotFoundError,
  saysOf,
  UnavailableError,
  UsageError,
} from "../../../src/lib/errors.ts";
import { saying } from "../../../src/lib/saying.ts";
import { fromWire, toWire } from "../../../src/storage/thread/wire.ts";

const sent = (error: unknown) => fromWire(structuredClone(toWire(error)));

test.each([
  ConflictError,
  InputError,
  NotFoundError,
  UnavailableError,
  UsageError,
  RangeError,
  TypeError,
  Error,
])("%p crosses threads with its class, message and stack", (Class) => {
  const error = new Class("what failed");
  const received = sent(error);
  expect(received).toBeInstanceOf(Class);
  expect([received.name, received.message, received.stack]).toEqual([
    error.name,
    error.message,
    error.stack!,
  ]);
});

test("an error crosses threads with its saying and the codes of its causes, by which a full disk is known", () => {
  const full = Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
  const error = new UnavailableError("Cannot store", { cause: full, says: saying("stopping") });
  const received = sent(error);
  expect(saysOf(received)).toEqual(saying("stopping"));
  expect(received.cause).toMatchObject({ message: full.message, code: "SQLITE_FULL" });
  expect(sent("a word")).toMatchObject({ message: "a word" });
});
