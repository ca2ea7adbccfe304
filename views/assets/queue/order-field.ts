import { browserStorage } from "../draw/browser-storage.ts";

const KEY = "tegaki.queue-order";

/**
 * Remembers the order that was chosen in this browser, unless it is not offered now.
 * @param changed is called when another is chosen.
 * @returns a function that reads the order.
 */
export function chosenOrder(field: HTMLSelectElement, changed: () => void): () => string {
  const storage = browserStorage("localStorage");
  const stored = storage?.getItem(KEY) ?? null;
  const option = [...field.options].find(({ value, disabled }) => value === stored && !disabled);
  if (option !== undefined) field.value = option.value;
  field.addEventListener("change", () => {
    try {
      storage?.setItem(KEY, field.value);
    } catch {
      // It lasts as long as the page then.
    }
    changed();
  });
  return () => field.value;
}
