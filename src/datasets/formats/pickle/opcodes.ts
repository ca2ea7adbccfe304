import { DatasetError } from "../../../engine/errors.ts";
import type { PickleMachine } from "./machine.ts";
import { floatOfLine, integerOf, integerOfLine } from "./numbers.ts";
import type { ByteReader } from "./reader.ts";
import { quotedTextOf, rawUnicodeOf } from "./texts.ts";

type Step = (machine: PickleMachine, read: ByteReader) => void;

/** Newer protocols are rejected. */
const HIGHEST_PROTOCOL = 5;

/** Returns a step that pushes one value read from the file. */
const value =
  (of: (read: ByteReader) => unknown): Step =>
  (machine, read) =>
    machine.push(of(read));

/**
 * The step of each opcode, by its byte. Opcodes that build objects, call classes or refer to anything outside the file
 * (INST, OBJ, NEWOBJ, EXT, PERSID, out-of-band buffers) are missing and thus rejected.
 *
 * Source: CPython, Lib/pickletools.py.
 */
export const OPCODES: Readonly<Record<string, Step>> = {
  // The protocol, and the frames that divide the file.
  "\x80": (_, read) => checkProtocol(read.uint8()),
  "\x95": (_, read) => void read.bytes(8),

  N: value(() => null),
  "\x88": value(() => true),
  "\x89": value(() => false),
  I: value((read) => integerOfLine(read.line())),
  L: value((read) => integerOfLine(read.line())),
  J: value((read) => read.int32()),
  K: value((read) => read.uint8()),
  M: value((read) => read.uint16()),
  "\x8a": value((read) => integerOf(read.bytes(read.uint8()))),
  "\x8b": value((read) => integerOf(read.bytes(read.uint32()))),
  F: value((read) => floatOfLine(read.line())),
  G: value((read) => read.float64()),

  V: value((read) => rawUnicodeOf(read.line())),
  X: value((read) => read.utf8(read.uint32())),
  "\x8c": value((read) => read.utf8(read.uint8())),
  "\x8d": value((read) => read.utf8(read.uint64())),
  // Python 2's byte strings.
  S: value((read) => quotedTextOf(read.line())),
  T: value((read) => read.latin1(read.uint32())),
  U: value((read) => read.latin1(read.uint8())),
  B: value((read) => read.bytes(read.uint32())),
  C: value((read) => read.bytes(read.uint8())),
  "\x8e": value((read) => read.bytes(read.uint64())),
  "\x96": value((read) => read.bytes(read.uint64())),

  "(": (machine) => machine.mark(),
  "0": (machine) => void machine.pop(),
  "1": (machine) => void machine.popToMark(),
  "2": (machine) => machine.pushAgain(),

  ")": (machine) => machine.pushList([]),
  t: (machine) => machine.pushList(machine.popToMark()),
  "\x85": (machine) => machine.pushList(machine.popTuple(1)),
  "\x86": (machine) => machine.pushList(machine.popTuple(2)),
  "\x87": (machine) => machine.pushList(machine.popTuple(3)),
  "]": (machine) => machine.pushList([]),
  l: (machine) => machine.pushList(machine.popToMark()),
  a: (machine) => machine.append(machine.popTuple(1)),
  e: (machine) => machine.append(machine.popToMark()),
  "}": (machine) => machine.pushDict(),
  d: (machine) => {
    const items = machine.popToMark();
    machine.pushDict();
    machine.setItems(items);
  },
  s: (machine) => machine.setItems(machine.popTuple(2)),
  u: (machine) => machine.setItems(machine.popToMark()),

  p: (machine, read) => machine.remember(memoKey(read.line())),
  q: (machine, read) => machine.remember(read.uint8()),
  r: (machine, read) => machine.remember(read.uint32()),
  "\x94": (machine) => machine.remember(),
  g: (machine, read) => machine.recall(memoKey(read.line())),
  h: (machine, read) => machine.recall(read.uint8()),
  j: (machine, read) => machine.recall(read.uint32()),

  c: (machine, read) => machine.global(read.line(), read.line()),
  "\x93": (machine) => machine.global(...(machine.popTuple(2) as [unknown, unknown])),
  R: (machine) => machine.reduce(),
  b: (machine) => machine.build(),
};

function checkProtocol(protocol: number): void {
  if (protocol <= HIGHEST_PROTOCOL) return;
  throw new DatasetError(`it has protocol ${protocol}; protocols 0 to ${HIGHEST_PROTOCOL} can be read`);
}

function memoKey(line: string): number {
  if (/^\d{1,9}$/.test(line)) return Number(line);
  throw new DatasetError("it has a malformed memo key");
}
