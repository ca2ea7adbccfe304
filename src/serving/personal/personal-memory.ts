import { type Person, personKey, SITTING_MS } from "../../domain/person.ts";
import type {
  ChangedDrawing,
  MemoryMark,
  PersonalStore,
  RememberedDrawing,
} from "../../domain/personal-store.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Log } from "../../lib/log.ts";
import { MemoryBank } from "../../training/memory/memory-bank.ts";
import type { FeatureExtractor, Predictor } from "../predictor.ts";
import { atMost } from "./at-most.ts";
import type { MemoryOf } from "./blended-logits.ts";

/** The labelled drawings of each person, as the live model sees them, so that the next answer to them profits. */
export interface PersonalMemory {
  /**
   * Returns the memory of a person, to predict with. What is not in memory yet is read first; a prediction waits for that
   * only briefly, and is then made with what is there.
   */
  of(person: Person): Promise<MemoryOf>;
  /**
   * Learns what has changed in the store since it was called last, by this or any other process. When it resolves, every
   * label that was stored, changed or deleted before the call counts as it is now.
   */
  follow(): Promise<void>;
  /** Forgets everything that is in memory; it is read from the store again when it is needed. */
  clear(): void;
  size(): MemorySize;
}

/** How much is in memory. */
interface MemorySize {
  people: number;
  drawings: number;
  bytes: number;
}

/** The limits of the memory; `docs/personal.md` states them. */
export interface MemoryLimits {
  /** Drawings that are remembered of one person. */
  drawings: number;
  /** Bytes of one person's features; a model with wide features remembers fewer drawings. */
  bytesOfOne: number;
  /** Bytes of all people's features. Who has not drawn for the longest time is read from the store again. */
  bytes: number;
  /** How long a prediction waits for drawings that are not in memory yet. */
  waitMs: number;
}

/** The limits in use. */
export const MEMORY_LIMITS: MemoryLimits = {
  drawings: 2_000,
  bytesOfOne: 8 * 1024 * 1024,
  bytes: 64 * 1024 * 1024,
  waitMs: 150,
};

/** Everything that the memory needs. */
export interface MemoryDeps {
  store: PersonalStore;
  predictor: Pick<Predictor, "features" | "beforeSwap">;
  clock: Clock;
  /** Receives what kept somebody's drawings from being remembered; predictions are then made without them. */
  log: Pick<Log, "error">;
  limits?: MemoryLimits;
}

/** More changes than these at once are not learned one by one: everybody's drawings are read again. */
const MAX_CHANGES = 200;
/** When a model with other features goes live, those who drew within this time are prepared for; others are read after. */
const RECENT_MS = 60_000;
/** Time that preparing may take before the model goes live. */
const PREPARE_MS = 2_000;

/** One person in memory. */
interface Remembered {
  person: Person;
  /** Of the features in `bank`. */
  space: string;
  /** Null until all drawings are read. */
  bank: MemoryBank | null;
  /** Resolves when `bank` is there. */
  loaded: Promise<void>;
  /** Time of the last label or prediction. */
  usedMs: number;
}

/** Creates an empty memory. It reads a person's drawings when they are first needed. */
export function createPersonalMemory(deps: MemoryDeps): PersonalMemory {
  const { store, predictor, clock, log, limits = MEMORY_LIMITS } = deps;
  /** Least recently used first. */
  const people = new Map<string, Remembered>();
  let mark: MemoryMark | null = null;
  /** Calls of `follow` run in sequence. */
  let following: Promise<void> = Promise.resolve();
  let waiting = 0;

  const nowMs = () => clock.now().getTime();

  function follow(): Promise<void> {
    waiting++;
    following = following
      .catch(() => {})
      .then(followOnce)
      .finally(() => waiting--);
    return following;
  }

  async function read(person: Person, features: FeatureExtractor): Promise<MemoryBank> {
    // What changes from here on is followed.
    if (mark === null) await follow();
    const drawings = await store.remembered(person, limits.drawings);
    const current = person.writer === null ? ofThisSitting(drawings, nowMs()) : drawings;
    const rows = await features.of(current.map(({ pixels }) => pixels));
    const fitting = Math.floor(limits.bytesOfOne / (4 * features.width));
    const bank = new MemoryBank(features.width, Math.min(limits.drawings, fitting));
    // Newest first: the bank is to know which are the oldest.
    for (let n = current.length - 1; n >= 0; n--) bank.add(current[n]!, rows[n]!);
    return bank;
  }

  function load(key: string, person: Person, features: FeatureExtractor): Remembered {
    const one: Remembered = {
      ...{ person, space: features.space, bank: null, usedMs: nowMs() },
      loaded: read(person, features).then(
        (bank) => {
          one.bank = bank;
          makeRoom();
        },
        (error) => {
          if (people.get(key) === one) people.delete(key);
          log.error("a person's drawings cannot be read, so the model answers them alone", { error });
        },
      ),
    };
    people.set(key, one);
    return one;
  }

  /** Returns what is known of a person as the last one used; null before a model is live. */
  function use(key: string, person: Person): Remembered | null {
    const features = predictor.features();
    const found = people.get(key);
    people.delete(key);
    if (features === null) return null;
    if (found === undefined || found.space !== features.space || isOver(found))
      return load(key, person, features);
    people.set(key, found);
    found.usedMs = nowMs();
    return found;
  }

  function isOver({ person, usedMs }: Remembered): boolean {
    return person.writer === null && nowMs() - usedMs > SITTING_MS;
  }

  function makeRoom(): void {
    let { bytes } = sizeOf(people.values());
    for (const [key, { bank }] of people) {
      if (bytes <= limits.bytes || people.size <= 1) return;
      people.delete(key);
      bytes -= bank?.bytes ?? 0;
    }
  }

  async function learn({ id, person, drawing }: ChangedDrawing): Promise<void> {
    const owner = drawing === null || person === null ? null : personKey(person);
    for (const [key, one] of people) if (key !== owner) void whenLoaded(one, (bank) => bank.remove(id));
    const one = owner === null ? undefined : people.get(owner);
    if (one === undefined || drawing === null) return;
    if (isOver(one)) people.delete(owner!);
    else await learnOwn(one, drawing);
  }

  async function learnOwn(one: Remembered, drawing: RememberedDrawing): Promise<void> {
    one.usedMs = nowMs();
    await one.loaded;
    const features = predictor.features();
    if (one.bank === null || one.bank.labelOf(drawing.id) === drawing.label) return;
    // Otherwise another model has gone live, and all is read again when it is needed.
    if (features?.space !== one.space) return;
    const [row] = await features.of([drawing.pixels]);
    one.bank.add(drawing, row!);
    makeRoom();
  }

  async function followOnce(): Promise<void> {
    const { mark: now, drawings } = await store.changesAfter(mark, MAX_CHANGES);
    mark = now;
    try {
      if (drawings === null) people.clear();
      else for (const changed of drawings) await learn(changed);
    } catch (error) {
      // What could not be learned is read again when it is needed.
      people.clear();
      throw error;
    }
  }

  async function prepare(next: FeatureExtractor): Promise<() => void> {
    if (predictor.features()?.space === next.space) return () => {};
    const [since, deadline] = [mark, nowMs() + PREPARE_MS];
    const prepared: [string, Remembered][] = [];
    const recent = [...people].filter(([, { usedMs }]) => nowMs() - usedMs <= RECENT_MS).reverse();
    for (const [key, one] of recent) {
      if (nowMs() > deadline) break;
      const bank = await read(one.person, next);
      prepared.unshift([key, { ...one, bank, space: next.space, loaded: Promise.resolve() }]);
    }
    return () => {
      people.clear();
      // A label that was stored meanwhile may be missing: then all is read again.
      const isCurrent = waiting === 0 && mark?.change === since?.change;
      if (isCurrent) for (const [key, one] of prepared) people.set(key, one);
    };
  }

  predictor.beforeSwap(prepare);

  return {
    async of(person) {
      const key = personKey(person);
      const one = key === null ? null : use(key, person);
      if (key === null || one === null) return () => null;
      if (one.bank === null) await atMost(one.loaded, limits.waitMs);
      // Looked up when the prediction is made: a model with other features may have gone live.
      return (space) => (people.get(key)?.space === space ? people.get(key)!.bank : null);
    },
    follow,
    clear: () => people.clear(),
    size: () => sizeOf(people.values()),
  };
}

async function whenLoaded(one: Remembered, change: (bank: MemoryBank) => void): Promise<void> {
  if (one.bank === null) await one.loaded;
  if (one.bank !== null) change(one.bank);
}

/**
 * Returns the drawings of a sitting that is not over: those before the first pause that is longer than it may be.
 * @param drawings newest first.
 */
function ofThisSitting(drawings: readonly RememberedDrawing[], nowMs: number): RememberedDrawing[] {
  const end = drawings.findIndex(({ createdAt }, n) => {
    const next = n === 0 ? nowMs : Date.parse(drawings[n - 1]!.createdAt);
    return next - Date.parse(createdAt) > SITTING_MS;
  });
  return end < 0 ? [...drawings] : drawings.slice(0, end);
}

function sizeOf(people: Iterable<Remembered>): MemorySize {
  const size = { people: 0, drawings: 0, bytes: 0 };
  for (const { bank } of people) {
    size.people += 1;
    size.drawings += bank?.size ?? 0;
    size.bytes += bank?.bytes ?? 0;
  }
  return size;
}
