import type { MemoryMark, PersonalStore } from "../../domain/personal-store.ts";
import { BusyError } from "../../lib/errors.ts";
import type { Log } from "../../lib/log.ts";
import {
  CLASS_KERNEL,
  classProbabilities,
  TEMPERATURE_WITH_EXAMPLES,
} from "../../training/memory/class-evidence.ts";
import { MemoryBank } from "../../training/memory/memory-bank.ts";
import { atMost } from "../personal/at-most.ts";
import type { Prediction } from "../prediction.ts";
import { type FrozenFeatures, MEMORY_REF } from "./frozen-features.ts";

/** Answers of a project without a model: by everybody's labelled drawings, compared by frozen features. */
export interface ProjectMemory {
  /**
   * Predicts from the labelled drawings alone.
   *
   * @param pixels uint8 [784], ink 255 on 0.
   * @returns null when the project has a model, or the program has no features to compare drawings by.
   * @throws {NoDrawingsError} naming the classes of which there is no labelled drawing yet.
   * @throws {UnavailableError} while the drawings are still being read.
   */
  answer(pixels: Uint8Array): Promise<Prediction | null>;
  /**
   * Learns what has changed in the store since it was called last, by this or any other process. Once the drawings have
   * been read, every label that was stored, changed or deleted before the call counts as it is now when it resolves. With
   * a model, it releases everything.
   */
  follow(): Promise<void>;
  /** Forgets everything that is in memory; it is read from the store again. */
  clear(): void;
  /** Releases everything; there are no answers from then on. */
  close(): Promise<void>;
}

/** Classes have no labelled drawing yet. */
export class NoDrawingsError extends Error {
  readonly classes: readonly string[];
  constructor(classes: readonly string[]) {
    super(`There are no labelled drawings of ${classes.join(", ")}`);
    this.classes = classes;
  }
}

/** Everything that the memory of a project needs. */
export interface ProjectMemoryDeps {
  store: Pick<PersonalStore, "labelled" | "changesAfter">;
  classes: readonly string[];
  /** Whether the project has no model that is live, or could be. */
  isNeeded(): Promise<boolean>;
  /** Loads the network whose features are used; null when there is none. */
  load(): Promise<FrozenFeatures | null>;
  /** Returns what a class usually looks like, uint8 [784] each; none when that is not known. They are not labels. */
  examplesOf(name: string): readonly Uint8Array[];
  /** Receives what kept the drawings from being read. */
  log: Pick<Log, "error">;
  limits?: ProjectMemoryLimits;
}

/** The limits of the memory; docs/first-model.md states them. */
export interface ProjectMemoryLimits {
  /** Drawings of each class; of more, the newest. */
  perClass: number;
  /** Bytes of all features: with many classes, fewer drawings of each are remembered. */
  bytes: number;
  /** How long an answer waits for drawings that are being read. */
  waitMs: number;
}

/** The limits in use. */
export const PROJECT_LIMITS: ProjectMemoryLimits = { perClass: 50, bytes: 32 * 1024 * 1024, waitMs: 2_000 };

/** How often an answer reads everything when others change it at the same time. */
const MAX_READINGS = 2;
/** More changes than these at once are not learned one by one: all drawings are read again. */
const MAX_CHANGES = 200;

/** The drawings in memory, and the network they are compared by. */
interface Loaded {
  network: FrozenFeatures;
  bank: MemoryBank;
  /** The examples. */
  usual: MemoryBank;
  mark: MemoryMark;
}

/** Creates the memory. It reads the drawings when it is first followed or asked. */
export function createProjectMemory(deps: ProjectMemoryDeps): ProjectMemory {
  const { store, classes, limits = PROJECT_LIMITS } = deps;
  let network: Promise<FrozenFeatures | null> | null = null;
  let reading: Promise<Loaded | null> | null = null;
  let loaded: Loaded | null = null;
  let isClosed = false;
  /** Calls of `follow` run in sequence. */
  let following: Promise<void> = Promise.resolve();

  async function read(): Promise<Loaded | null> {
    network ??= deps.load();
    const found = await network;
    if (found === null) return null;
    const { features } = found;
    const fitting = Math.floor(limits.bytes / (4 * features.width));
    const perClass = Math.max(1, Math.min(limits.perClass, Math.floor(fitting / classes.length)));
    const { mark } = await store.changesAfter(null, 0);
    const drawings = await store.labelled(classes, perClass);
    // Newest first: the bank is to know which are the oldest.
    const bank = new MemoryBank(features.width, perClass * classes.length);
    await remember(bank, found, drawings.reverse());
    const usual = new MemoryBank(features.width, Number.POSITIVE_INFINITY);
    for (const label of classes) await remember(usual, found, examplesOf(label));
    return { network: found, bank, usual, mark };
  }

  const examplesOf = (label: string) =>
    deps.examplesOf(label).map((pixels, n) => ({ id: `${label} ${n}`, label, pixels }));

  /** Starts to read the drawings, unless that is done. What is no longer wanted when it is read is dropped. */
  function start(): Promise<Loaded | null> {
    if (reading !== null) return reading;
    const own: Promise<Loaded | null> = read().then(
      (result) => {
        if (reading === own) loaded = result;
        return result;
      },
      (error) => {
        if (reading !== own) return null;
        reading = null;
        throw error;
      },
    );
    reading = own;
    return own;
  }

  async function learn(one: Loaded): Promise<void> {
    const { mark, drawings } = await store.changesAfter(one.mark, MAX_CHANGES);
    if (drawings === null) return clear();
    for (const { id, drawing } of drawings) {
      if (drawing === null || !classes.includes(drawing.label)) one.bank.remove(id);
      else if (one.bank.labelOf(id) !== drawing.label) await remember(one.bank, one.network, [drawing]);
    }
    one.mark = mark;
  }

  async function followOnce(): Promise<void> {
    if (isClosed) return;
    if (!(await deps.isNeeded())) return release();
    if (loaded !== null) return learn(loaded);
    void start().catch((error) => deps.log.error("the labelled drawings cannot be read", { error }));
  }

  function follow(): Promise<void> {
    following = following.catch(() => {}).then(followOnce);
    return following;
  }

  function clear(): void {
    reading = null;
    loaded = null;
  }

  async function release(): Promise<void> {
    const used = network;
    network = null;
    clear();
    if (used !== null) await used.then((one) => one?.close()).catch(() => {});
  }

  /** The drawings, with every change that was stored before the call; null as for `answer`. */
  async function current(): Promise<Loaded | null> {
    for (let attempt = 0; attempt < MAX_READINGS; attempt++) {
      let found: Loaded | null | undefined;
      const reads = start().then((one) => {
        found = one;
      });
      await atMost(reads, limits.waitMs);
      if (found === null) return null;
      if (found === undefined) break;
      // Which drops everything when too much has changed.
      await follow();
      if (loaded !== null) return loaded;
      if (!(await deps.isNeeded())) return null;
    }
    throw new BusyError("The labelled drawings are still being read. Try again in a moment");
  }

  async function predict(one: Loaded, pixels: Uint8Array): Promise<Prediction | null> {
    const known = one.bank.labels();
    const missing = classes.filter((label) => !known.has(label));
    if (missing.length > 0) throw new NoDrawingsError(missing);
    try {
      const [row] = await one.network.features.of([pixels]);
      return predictionFrom(one, row!, classes);
    } catch (error) {
      // A model has gone live in the meantime: it answers.
      if (network === null) return null;
      throw error;
    }
  }

  return {
    async answer(pixels) {
      if (isClosed || !(await deps.isNeeded())) return null;
      const one = await current();
      return one === null ? null : predict(one, pixels);
    },
    follow,
    clear,
    async close() {
      isClosed = true;
      await release();
    },
  };
}

async function remember(
  bank: MemoryBank,
  { features }: FrozenFeatures,
  drawings: readonly { id: string; label: string; pixels: Uint8Array }[],
): Promise<void> {
  const rows = await features.of(drawings.map(({ pixels }) => pixels));
  for (const [n, drawing] of drawings.entries()) bank.add(drawing, rows[n]!);
}

function predictionFrom(
  { bank, usual, network }: Loaded,
  row: Float32Array,
  classes: readonly string[],
): Prediction {
  const { spread } = network.features;
  const known = usual.labels();
  const kernel = classes.every((label) => known.has(label))
    ? { ...CLASS_KERNEL, temperature: TEMPERATURE_WITH_EXAMPLES }
    : CLASS_KERNEL;
  const [drawings, examples] = [bank, usual].map((one) => one.neighbours(row, spread));
  const shares = classProbabilities(drawings!, classes, kernel, examples);
  const probabilities = classes.map((label, k) => ({ label, p: shares[k]! })).sort((a, b) => b.p - a.p);
  const { label, p } = probabilities[0]!;
  return { label, confidence: p, probabilities, outlierScore: null, isOutlier: false, model: MEMORY_REF };
}
