import { serveStore } from "./storage/thread/serve-store.ts";
import type { StoreAnswer, StoreQuestion } from "./storage/thread/wire.ts";

/**
 * The thread of the store, so that neither a wait for the disk nor a long query stops the server. It is next to
 * `main.ts`, because the compiled executable looks for workers there.
 */
declare const self: {
  onmessage: ((event: { data: readonly StoreQuestion[] }) => void) | null;
  postMessage(answer: StoreAnswer): void;
};

const receive = serveStore((answer) => self.postMessage(answer));
self.onmessage = ({ data }) => {
  for (const question of data) receive(question);
};
