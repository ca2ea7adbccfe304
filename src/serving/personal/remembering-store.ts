import type { Store } from "../../domain/store.ts";
import type { Log } from "../../lib/log.ts";

/** A memory of labelled drawings that follows the store. */
export interface Following {
  follow(): Promise<void>;
  clear(): void;
}

/** Several memories as one. */
export function inStep(memories: readonly Following[]): Following {
  return {
    follow: async () => void (await Promise.all(memories.map((memory) => memory.follow()))),
    clear() {
      for (const memory of memories) memory.clear();
    },
  };
}

/** Methods that change whose drawing has which label. */
const CHANGES = new Set(["insert", "insertMany", "update", "delete", "reviewAgain", "rejectHeld"]);
/** The same, of contact sheets. */
const SHEET_CHANGES = new Set(["change", "undo"]);
/** The same, of both grids. */
const GRID_CHANGES = new Set(["decide"]);
/** The same, of the label queue. */
const QUEUE_CHANGES = new Set(["answer", "undo"]);

/**
 * The same store, with memory in step: when a change of a sample resolves, memory has learned it. If it cannot learn, the
 * change holds anyway, and nothing of the old memory remains.
 */
export function rememberingStore(store: Store, memory: Following, log: Pick<Log, "error">): Store {
  const follow = () =>
    memory.follow().catch((error) => {
      memory.clear();
      log.error("a label is stored, but cannot be remembered for its writer yet", { error });
    });
  const followed =
    (method: (...args: unknown[]) => Promise<unknown>, part: object) =>
    async (...args: unknown[]) => {
      const result = await method.apply(part, args);
      await follow();
      return result;
    };
  const remembering = <P extends object>(part: P, changes: ReadonlySet<string>): P =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return changes.has(String(name)) ? followed(value as never, target) : value.bind(target);
      },
    });
  return {
    ...store,
    samples: remembering(store.samples, CHANGES),
    sheet: remembering(store.sheet, SHEET_CHANGES),
    grid: remembering(store.grid, GRID_CHANGES),
    queue: remembering(store.queue, QUEUE_CHANGES),
    queueGrid: remembering(store.queueGrid, GRID_CHANGES),
    forgetting: remembering(store.forgetting, new Set(["forget"])),
  };
}
