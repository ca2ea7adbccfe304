import type { ServerConfig } from "../../config/schema.ts";

/**
 * The settings in force: one frozen value, which a change replaces as a whole. Whoever reads them twice in one task may
 * see two values, so a task reads them once. Runs are processes that load the files themselves when they start.
 */
export interface LiveSettings {
  current(): ServerConfig;
  use(next: ServerConfig): void;
  /** Returns a function of the settings in force that is computed once for each value. */
  derive<T>(of: (settings: ServerConfig) => T): () => T;
}

/** Creates the holder. @param initial what the server has started with; frozen. */
export function createLiveSettings(initial: ServerConfig): LiveSettings {
  let current = initial;
  return {
    current: () => current,
    use(next) {
      current = next;
    },
    derive(of) {
      let source = current;
      let value = of(source);
      return () => {
        if (source !== current) {
          source = current;
          value = of(source);
        }
        return value;
      };
    },
  };
}
