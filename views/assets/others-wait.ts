import { fill } from "../i18n/fill.ts";
import type { Waiting } from "./reader.ts";

/** The texts that say what waits of readers who are not here. */
export type OthersKey = "client.othersOne" | "client.others" | "client.othersNobody" | "client.othersSeveral";

/**
 * One sentence or two about what waits in this browser of readers who are not here: how many, and of whom when it is one
 * person. Null when nothing does.
 */
export function othersWait(
  others: readonly Waiting[],
  texts: Readonly<Record<OthersKey, string>>,
): string | null {
  const n = others.reduce((sum, one) => sum + one.n, 0);
  const [first] = others;
  if (first === undefined || n === 0) return null;
  if (others.length > 1) return fill(texts["client.othersSeveral"], { n });
  if (first.by === null) return fill(texts["client.othersNobody"], { n });
  return fill(texts[n === 1 ? "client.othersOne" : "client.others"], { n, name: first.by.name });
}
