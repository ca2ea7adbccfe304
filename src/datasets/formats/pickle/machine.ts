import { DatasetError } from "../../../engine/errors.ts";
import { findGlobal, GlobalName } from "./globals.ts";
import { ArrayValue, arrayFromBuffer, DTypeValue, latin1Bytes, scalarOf } from "./numpy.ts";

/** Bytes that arrays may take, for each byte of the file: a buffer named twice is copied twice. */
const BYTES_PER_FILE_BYTE = 8;
const BYTES_AT_LEAST = 1024 * 1024;

/** The stack, the marks and the memo of a pickle being read. Builds data only: nothing is called, imported or looked up. */
export class PickleMachine {
  #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #bytesLeft: number;

  constructor(fileBytes: number) {
    this.#bytesLeft = Math.max(BYTES_AT_LEAST, BYTES_PER_FILE_BYTE * fileBytes);
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length === 0) throw new DatasetError("it takes a value that was never given");
    return this.#stack.pop();
  }

  top(): unknown {
    if (this.#stack.length === 0) throw new DatasetError("it takes a value that was never given");
    return this.#stack.at(-1);
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Everything since the last mark, which is taken away. */
  popToMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined || height > this.#stack.length)
      throw new DatasetError("it ends a group that was never begun");
    return this.#stack.splice(height);
  }

  /** The last `count` values. */
  popTuple(count: number): unknown[] {
    if (this.#stack.length < count) throw new DatasetError("it takes a value that was never given");
    return this.#stack.splice(this.#stack.length - count);
  }

  remember(key = this.#memo.size): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) throw new DatasetError(`it takes value ${key} back, which was never kept`);
    this.push(this.#memo.get(key));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new DatasetError("it appends to what is no list");
    for (const value of values) list.push(value);
  }

  setItems(flat: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || flat.length % 2 !== 0)
      throw new DatasetError("it sets an item of what is no dict");
    for (let i = 0; i < flat.length; i += 2) dict.set(flat[i], flat[i + 1]);
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== "string" || typeof name !== "string")
      throw new DatasetError("the name of a global is no text");
    this.push(findGlobal(module, name));
  }

  /** The step that the global stands for, with its arguments. */
  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof GlobalName) || !Array.isArray(args))
      throw new DatasetError("it calls what is no function");
    this.push(this.#step(callable, args));
  }

  /** Gives an array or a dtype its state. */
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (target instanceof DTypeValue) target.setState(state);
    else if (target instanceof ArrayValue) {
      this.#charge(Array.isArray(state) ? state[4] : null);
      target.setState(state);
    } else throw new DatasetError("it sets the state of what is no array");
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
        throw new DatasetError("it makes bytes from other values");
      case "ndarray":
        throw new DatasetError("it makes an array without its data");
    }
  }

  /** `_codecs.encode(text, "latin1")`: how bytes are written by protocols 0 to 2. */
  #encode([text, codec]: readonly unknown[]): Uint8Array {
    if (typeof text !== "string" || codec !== "latin1")
      throw new DatasetError("it encodes a text other than in latin1");
    this.#charge(text);
    return latin1Bytes(text);
  }

  #charge(raw: unknown): void {
    const bytes = raw instanceof Uint8Array || typeof raw === "string" ? raw.length : 0;
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft < 0) throw new DatasetError("its arrays would be far larger than the file");
  }
}
