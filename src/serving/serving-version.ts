import type { LoadedModel } from "./loaded-model.ts";
import type { ModelRef } from "./prediction.ts";

/** A version in memory, which is freed once it is no longer live and nobody needs it to finish something. */
export class Serving {
  readonly ref: ModelRef;
  readonly model: LoadedModel;
  #uses = 0;
  #isRetired = false;

  constructor(ref: ModelRef, model: LoadedModel) {
    this.ref = { ...ref };
    this.model = model;
  }

  /** Keeps the version in memory. @returns ends that; call it once. */
  use(): () => void {
    this.#uses++;
    return () => {
      this.#uses--;
      this.#free();
    };
  }

  /** Frees the version, as soon as nobody uses it. */
  retire(): void {
    this.#isRetired = true;
    this.#free();
  }

  #free(): void {
    if (this.#isRetired && this.#uses === 0) this.model.dispose();
  }
}
