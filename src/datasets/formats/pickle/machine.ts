import { DatasetError } from "../../../engine/errors.ts";
import { type Budget, COST } from "./budget.ts";
import { findGlobal, GlobalName } from "./globals.ts";
import { Memo } from "./memo.ts";
import { ArrayValue, arrayFromBuffer, DTypeValue, latin1Bytes, scalarOf } from "./numpy.ts";

/** A dict being built: its keys and values in turn. Of equal keys, the last one counts. */
export class DictValue {
  readonly items: unknown[] = [];
  /** Whether every key is a string so far. */
  isObject = true;
}

/** The stack, marks and memo of a pickle being read. Only builds data: nothing is called, imported or looked up. */
export class PickleMachine {
  #stack: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Memo();
  readonly #budget: Budget;
  /** Lists, dicts and other values that are in more than one place; a value within itself is one of them. */
  readonly shared = new Set<object>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Forgets all values, for the next pickle of a file. What was charged for memory stays charged. */
  clear(): void {
    this.#stack = [];
    this.#marks.length = 0;
    this.#memo.clear();
    this.shared.clear();
  }

  push(value: unknown): void {
    this.#budget.spend(COST.slot + (value instanceof Uint8Array ? COST.bytes : 0));
    this.#stack.push(value);
  }

  /** Pushes a list or a tuple of these values, which becomes the list. */
  pushList(values: unknown[]): void {
    this.#budget.spend(COST.list + COST.slot * values.length);
    this.push(values);
  }

  pushDict(): void {
    this.#budget.spend(COST.dict);
    this.push(new DictValue());
  }

  /** Pushes the last value once more. */
  pushAgain(): void {
    this.#share(this.top());
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
    this.#budget.spend(COST.slot);
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

  /** @param key the next number by default. */
  remember(key?: number): void {
    this.#budget.spend(COST.slot);
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    this.#share(this.#memo.get(key));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new DatasetError("it appends to something that is not a list");
    this.#budget.spend(COST.slot * values.length);
    for (const value of values) list.push(value);
  }

  setItems(flat: readonly unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof DictValue) || flat.length % 2 !== 0)
      throw new DatasetError("it sets an item of something that is not a dict");
    this.#budget.spend(COST.slot * flat.length);
    for (const item of flat) dict.items.push(item);
    if (!dict.isObject || flat.every((key, i) => i % 2 === 1 || typeof key === "string")) return;
    dict.isObject = false;
    this.#budget.spend(COST.map);
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
      this.#budget.spendArray(Array.isArray(state) ? state[4] : null);
      target.setState(state);
    } else throw new DatasetError("it sets the state of something that is not an array");
  }

  #step({ meaning }: GlobalName, args: readonly unknown[]): unknown {
    switch (meaning) {
      case "reconstruct":
        this.#budget.spend(COST.array);
        if (args[0] instanceof GlobalName && args[0].meaning === "ndarray") return new ArrayValue();
        throw new DatasetError("it builds an array of an unknown class");
      case "frombuffer":
        this.#budget.spend(COST.array);
        this.#budget.spendArray(args[0]);
        return arrayFromBuffer(args);
      case "scalar":
        return scalarOf(args);
      case "dtype":
        this.#budget.spend(COST.list);
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
    this.#budget.spendArray(text);
    return latin1Bytes(text);
  }

  #share(value: unknown): void {
    if (typeof value === "object" && value !== null && !this.shared.has(value)) {
      this.#budget.spend(COST.shared);
      this.shared.add(value);
    }
    this.push(value);
  }
}
