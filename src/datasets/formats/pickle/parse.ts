import { DatasetError } from "../../../engine/errors.ts";
import { messageOf } from "../../../lib/errors.ts";
import { PickleMachine } from "./machine.ts";
import { OPCODES } from "./opcodes.ts";
import { toPlain } from "./plain.ts";
import { ByteReader } from "./reader.ts";
import type { PickledValue } from "./value.ts";

const STOP = ".";
/** A file of nothing but opcodes must not become a hundred times as much memory. */
const MAX_STEPS = 20_000_000;

/**
 * Reads a Python pickle, protocols 0 to 5, that holds numbers, texts, bytes, lists, tuples, dicts and numpy arrays of
 * numbers. It builds data and nothing else: no code of the file is run, and every other name in it is refused.
 *
 * @throws DatasetError saying what is wrong and at which byte: cut off, malformed, other objects, too large.
 */
export function parsePickle(bytes: Uint8Array): PickledValue {
  const reader = new ByteReader(bytes);
  const machine = new PickleMachine(bytes.length);
  for (let steps = 0; ; steps++) {
    const at = reader.position;
    try {
      if (steps === MAX_STEPS) throw new DatasetError(`it has more than ${MAX_STEPS} steps`);
      const opcode = String.fromCharCode(reader.uint8());
      if (opcode === STOP) return toPlain(machine.pop());
      const step = Object.hasOwn(OPCODES, opcode) ? OPCODES[opcode] : undefined;
      if (step === undefined) throw new DatasetError(`opcode ${JSON.stringify(opcode)} is not read`);
      step(machine, reader);
    } catch (error) {
      throw new DatasetError(`is not a pickle that can be read: at byte ${at}, ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}
