import type { Store } from "../../domain/store.ts";
import { openStore } from "../open.ts";
import { type StoreAnswer, type StoreQuestion, toWire } from "./wire.ts";

/**
 * Serves one store to another thread.
 *
 * @param post sends a response.
 * @returns a function that receives the messages, in order.
 */
export function serveStore(post: (answer: StoreAnswer) => void): (question: StoreQuestion) => void {
  let nowMs = 0;
  let store: Promise<Store> = Promise.reject(new TypeError("The store was not opened before the first call"));
  store.catch(() => {});
  const clock = { now: () => new Date(nowMs) };

  async function answer(question: Exclude<StoreQuestion, { open: unknown }>): Promise<void> {
    const { id, part, method, args } = question;
    nowMs = question.nowMs;
    try {
      const opened = await store;
      const target: unknown = part === "" ? opened : Reflect.get(opened, part);
      const value = await callMethod(target, method, args);
      if (id !== null) post({ id, value });
    } catch (error) {
      if (id !== null) post({ id, error: toWire(error) });
    }
  }

  return (question) => {
    if (!("open" in question)) return void answer(question);
    // Migrations are recorded with the time.
    nowMs = question.nowMs;
    store = openStore({ ...question.open, clock });
    // Every call reports it.
    store.catch(() => {});
  };
}

function callMethod(target: unknown, name: string, args: readonly unknown[]): unknown {
  const method: unknown =
    typeof target === "object" && target !== null ? Reflect.get(target, name) : undefined;
  if (typeof method !== "function") throw new TypeError(`The store has no method "${name}"`);
  return Reflect.apply(method, target, args);
}
