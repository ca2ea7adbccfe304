import { DatasetError } from "../../../engine/errors.ts";
import { findGlobal, GlobalName } from "./globals.ts";
import { ArrayValue, arrayFromBuffer, DTypeValue, latin1Bytes, scalarOf } from "./numpy.ts";

/** Maximum number of bytes of all arrays per byte of the file: a buffer that is used twice is copied twice. */
const BYTES_PER_FILE_BYTE = 8;
const BYTES_AT_LEAST = 1024 * 1024;

/** The stack, marks and memo of a pickle being read. Only builds data: nothing is called, imported or looked up. */
export class PickleMachine {
  #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #bytesLeft: number;

  constructor(fileBytes: number) {
    this.#bytesLeft = Math.max(BYTES_AT_LEAST, BYTES_PER_FILE_BYTE * fileBytes);
  }

  /** Forgets all values, for the next pickle of a file. What was charged for memory stays charged. */
  clear(): void {
    this.#stack = [];
    this.#marks.length = 0;
    this.#memo.clear();
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length === 0) throw new DatasetError("it uses a missing value");
    return this.#stack.pop();
  }

  top(): unknown {
    if (this.#stack.length === 0) throw new DatasetError("it uses a missing value");
    return this.#stack.at(-1);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Removes and returns all values since the last mark, and removes the mark. */
  popToMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined || height > this.#stack.length)
      throw new DatasetError("it ends a group that was never started");
    return this.#stack.splice(height);
  }

  /** Removes and returns the last `count` values. */
  popTuple(count: number): unknown[] {
    if (this.#stack.length < count) throw new DatasetError("it uses a missing value");
    return this.#stack.splice(this.#stack.length - count);
  }

  remember(key = this.#memo.size): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) throw new DatasetError(`it recalls value ${key}, which was never stored`);
    this.push(this.#memo.get(key));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new DatasetError("it appends to something that is not a list");
    for (const value of values) list.push(value);
  }

  setItems(flat: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || flat.length % 2 !== 0)
      throw new DatasetError("it sets an item of something that is not a dict");
    for (let i = 0; i < flat.length; i += 2) dict.set(flat[i], flat[i + 1]);
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== "string" || typeof name !== "string")
      throw new DatasetError("the name of a global is not a string");
    this.push(findGlobal(module, name));
  }

  /** Performs the step of a global with its arguments. */
  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof GlobalName) || !Array.isArray(args))
      throw new DatasetError("it calls something that is not a function");
    this.push(this.#step(callable, args));
  }

  /** Sets the state of an array or a dtype. */
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof DTypeValue) target.setState(state);
    else if (target instanceof ArrayValue) {
      this.#charge(Array.isArray(state) ? state[4] : null);
      target.setState(state);
    } else throw new DatasetError("it sets the state of something that is not an array");
  }

  #step({ meaning }: GlobalName, args: readonly unknown[]): unknown {
    switch (meaning) {
      case "reconstruct":
        if (args[0] instanceof GlobalName && args[0].meaning === "ndarray") return new ArrayValue();
        throw new DatasetError("it builds an array of an unknown class");
      case "frombuffer":
        this.#charge(args[0]);
        return arrayFromBuffer(args);
      case "scalar":
        return scalarOf(args);
      case "dtype":
        return new DTypeValue(args[0]);
      case "encode":
        return this.#encode(args);
      case "bytes":
        if (args.length === 0) return new Uint8Array(0);
        throw new DatasetError("it creates bytes from other values");
      case "ndarray":
        throw new DatasetError("it creates an array without its data");
    }
  }

  /** Performs `_codecs.encode(text, "latin1")`, as which protocols 0 to 2 write bytes. */
  #encode([text, codec]: readonly unknown[]): Uint8Array {
    if (typeof text !== "string" || codec !== "latin1")
      throw new DatasetError("it encodes a string in a codec other than latin1");
    this.#charge(text);
    return latin1Bytes(text);
  }

  #charge(raw: unknown): void {
    const bytes = raw instanceof Uint8Array || typeof raw === "string" ? raw.length : 0;
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft < 0) throw new DatasetError("its arrays would be far larger than the file");
  }
}
