import type { MessageKey } from "../../i18n/en.ts";

/** The texts that the page's script fills in; the server writes them into the page in the reader's language. */
export type ClientTexts = Readonly<Record<Extract<MessageKey, `client.${string}`>, string>>;

/** Reads the texts. @throws SyntaxError when the attribute is not JSON, which only a broken page can cause. */
export function readTexts(root: HTMLElement): ClientTexts {
  return JSON.parse(root.dataset.texts ?? "{}") as ClientTexts;
}
