/** Streams that all tabs of a browser have at a time: it opens six connections, and requests need some of them. */
const MAX_STREAMS = 3;
/** How often a tab says that it still has its place, and after how long without that the place is free. */
const [SAY_MS, FREE_MS] = [4_000, 15_000];
const KEY = "tegaki.streams";

type Store = Pick<Storage, "getItem" | "setItem">;

/** When tabs that have a place have last said so, Unix time in ms, by their ids. */
type Places = Record<string, number>;

/**
 * The place of this tab among the streams of all tabs. Visible windows have one each, and a browser opens six connections
 * to a server over HTTP/1.1: without a limit, the seventh window would not load. Where the browser stores nothing, every
 * tab has a place.
 */
export class StreamPlace {
  readonly #id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  readonly #storage: () => Store;
  readonly #nowMs: () => number;
  #saying: ReturnType<typeof setInterval> | undefined;

  constructor(storage: () => Store = () => localStorage, nowMs: () => number = Date.now) {
    this.#storage = storage;
    this.#nowMs = nowMs;
  }

  /** Takes a place if there is one. @returns whether this tab has one. */
  take(): boolean {
    try {
      const places = this.#read();
      if (!(this.#id in places) && Object.keys(places).length >= MAX_STREAMS) return false;
      this.#write({ ...places, [this.#id]: this.#nowMs() });
      this.#saying ??= setInterval(() => this.take(), SAY_MS);
    } catch {
      return true;
    }
    return true;
  }

  /** Leaves the place to another tab. */
  leave(): void {
    clearInterval(this.#saying);
    this.#saying = undefined;
    try {
      const { [this.#id]: _, ...others } = this.#read();
      this.#write(others);
    } catch {
      return;
    }
  }

  /** Without those that are free. A time in the future is of a clock that was set back. */
  #read(): Places {
    const nowMs = this.#nowMs();
    const stored: unknown = JSON.parse(this.#storage().getItem(KEY) ?? "{}");
    const places = typeof stored === "object" && stored !== null ? Object.entries(stored) : [];
    return Object.fromEntries(
      places.filter(([, ms]) => typeof ms === "number" && Math.abs(nowMs - ms) < FREE_MS),
    ) as Places;
  }

  #write(places: Places): void {
    this.#storage().setItem(KEY, JSON.stringify(places));
  }
}

/** How long a tab without a place waits between two looks at what has changed, in milliseconds. */
export const LOOK_MS = 5_000;
