import type { Context } from "hono";
import { sentenceWords } from "../../../views/i18n/saying-words.ts";
import type { Text } from "../../../views/i18n/text.ts";
import type { Run } from "../../domain/runs/run.ts";
import { saysOf } from "../../lib/errors.ts";
import type { Saying, Sentence } from "../../lib/saying.ts";
import type { AppDeps } from "../deps.ts";
import { readerText } from "./reader.ts";

/** The message of an error in the reader's language; in English where the error has no saying. */
export function errorWords(text: Text, error: Error): string {
  return sentenceWords(text, "failure", { message: error.message, says: saysOf(error) });
}

/** A message in the language of the reader, or of the program that asks for one by Accept-Language. */
export function sentenceFor(c: Context, sentence: Sentence): string {
  return sentenceWords(readerText(c), "failure", sentence);
}

/** The errors of runs as data, by the run's id, from the events that ended them. Older runs have none. */
export async function failuresOf(
  store: Pick<AppDeps["store"]["runs"], "endEvent">,
  runs: readonly Run[],
): Promise<ReadonlyMap<string, Saying>> {
  const failed = runs.filter(({ error }) => error !== null);
  const found = await Promise.all(failed.map(async (run) => [run.id, await failureOf(store, run)] as const));
  return new Map(found.filter((entry): entry is [string, Saying] => entry[1] !== undefined));
}

/** Undefined when the event has another error than the run, because the run's end was stored again. */
async function failureOf(
  store: Pick<AppDeps["store"]["runs"], "endEvent">,
  { id, error }: Run,
): Promise<Saying | undefined> {
  const end = await store.endEvent(id);
  const isEnd = end?.type === "run_failed" || end?.type === "run_cancelled";
  return isEnd && end.error === error ? end.says : undefined;
}
