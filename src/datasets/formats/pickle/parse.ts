import { DatasetError } from "../../../engine/errors.ts";
import { messageOf } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { Budget } from "./budget.ts";
import { PickleMachine } from "./machine.ts";
import { OPCODES } from "./opcodes.ts";
import { toPlain } from "./plain.ts";
import { ByteReader } from "./reader.ts";
import type { PickledValue } from "./value.ts";

const STOP = ".";
/** Limits time. */
const MAX_STEPS = 20_000_000;

/**
 * Reads a Python pickle, protocols 0 to 5, of numbers, strings, bytes, lists, tuples, dicts and numeric numpy arrays.
 * It only builds data: no code of the file is run, and every other global in it is rejected.
 *
 * @param budget of the memory that it may take.
 * @throws DatasetError naming the problem and the byte: cut off, malformed, other objects, too large, or followed by
 *   more, which Python would not read either.
 */
export function parsePickle(bytes: Uint8Array, budget = new Budget(bytes.length)): PickledValue {
  const reader = new ByteReader(bytes);
  const value = parseNext(reader, new PickleMachine(budget), { steps: 0 });
  if (reader.isAtEnd) return value;
  throw new DatasetError(
    `is not a single pickle: it ends at byte ${reader.position} of ${bytes.length}. Was more appended to the file?`,
  );
}

/**
 * Reads a file of one or more pickles in sequence, as `pickle.dump` writes them into a file opened with "ab".
 * @throws DatasetError as `parsePickle` does, naming the byte.
 */
export function parsePickles(bytes: Uint8Array, budget = new Budget(bytes.length)): PickledValue[] {
  const reader = new ByteReader(bytes);
  const machine = new PickleMachine(budget);
  const taken = { steps: 0 };
  const values: PickledValue[] = [];
  do {
    values.push(parseNext(reader, machine, taken));
    machine.clear();
  } while (!reader.isAtEnd);
  return values;
}

function parseNext(reader: ByteReader, machine: PickleMachine, taken: { steps: number }): PickledValue {
  for (;;) {
    const at = reader.position;
    try {
      if (taken.steps++ === MAX_STEPS) throw new DatasetError(`it has more than ${MAX_STEPS} steps`);
      const opcode = String.fromCharCode(reader.uint8());
      if (opcode === STOP) return toPlain(machine.pop(), machine.shared);
      const step = Object.hasOwn(OPCODES, opcode) ? OPCODES[opcode] : undefined;
      if (step === undefined) throw new DatasetError(`opcode ${JSON.stringify(opcode)} is not supported`);
      step(machine, reader);
    } catch (error) {
      const reason = messageOf(error);
      throw new DatasetError(`is not a supported pickle: at byte ${at}, ${reason}`, {
        ...{ cause: error, says: saying("import.badPickle", { at, reason }) },
      });
    }
  }
}
