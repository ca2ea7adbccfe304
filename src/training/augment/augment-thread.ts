import { messageOf } from "../../lib/errors.ts";
import type { AugmentBatch, Augmenter, EpochAugmentation } from "./augmenter.ts";

/** A message to the thread: an epoch begins, or the images of its next batch. */
export type AugmentMessage = { epoch: EpochAugmentation } | { images: Uint8Array<ArrayBuffer> };

/**
 * Augments on a thread of its own, so that the next batch is ready when the training thread needs it. The images are the
 * same, bit by bit, as those of `augmentHere`.
 */
export class AugmentThread implements Augmenter {
  readonly #worker: Worker;
  /** Requested batches. The thread answers in the order of the requests. */
  readonly #waiting: PromiseWithResolvers<Float32Array>[] = [];
  #failure: Error | null = null;

  /** @param workerUrl of `src/augment-worker.ts`, resolved by the entry file. */
  constructor(workerUrl: string | URL) {
    this.#worker = new Worker(workerUrl, { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Float32Array>) => {
      this.#waiting.shift()?.resolve(data);
    });
    this.#worker.addEventListener("error", ({ message }) => this.#fail(message));
    this.#worker.addEventListener("close", () => this.#fail("it has ended"));
    // The thread alone must not keep the process alive.
    (this.#worker as Worker & { unref(): void }).unref();
  }

  epoch(augmentation: EpochAugmentation): AugmentBatch {
    this.#send({ epoch: augmentation });
    return (images) => {
      const batch = Promise.withResolvers<Float32Array>();
      // A training run that is aborted leaves batches that nobody waits for.
      batch.promise.catch(() => {});
      if (this.#failure !== null) batch.reject(this.#failure);
      else {
        this.#waiting.push(batch);
        this.#send({ images }, [images.buffer]);
      }
      return batch.promise;
    };
  }

  /** Ends the thread; requested batches are rejected. */
  close(): void {
    this.#fail("the training is over");
    this.#worker.terminate();
  }

  #send(message: AugmentMessage, transfer: ArrayBuffer[] = []): void {
    if (this.#failure !== null) return;
    try {
      this.#worker.postMessage(message, transfer);
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  #fail(reason: string): void {
    this.#failure ??= new Error(`Cannot augment the next batch of images on a separate thread: ${reason}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
