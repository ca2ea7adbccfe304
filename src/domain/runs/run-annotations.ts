import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { Actor } from "../actor.ts";

/** Limits of what people write about a run. */
export const ANNOTATION_LIMITS = { tagLength: 40, tags: 20, noteLength: 4_000 } as const;

/** Tags and the note of a run, which people have written. Times are ISO 8601, UTC. */
export interface RunAnnotations {
  runId: string;
  /** In alphabetical order. */
  tags: readonly { tag: string; at: string; by: Actor | null }[];
  /** The note, with who wrote it last; null without one. */
  note: { text: string; at: string; by: Actor | null } | null;
}

/** A change of them; what is omitted stays. */
export interface AnnotationChange {
  /** Null or empty removes the note. */
  note?: string | null;
  addTags?: readonly string[];
  removeTags?: readonly string[];
}

/** The order of a list of runs. */
export const RUN_SORTS = ["newest", "oldest", "duration", "holdout", "mnist"] as const;
/** One of `RUN_SORTS`: newest or oldest first, the longest first, or the most accurate on a set first. */
export type RunSort = (typeof RUN_SORTS)[number];

/**
 * Returns a tag as it is stored: without spaces at its ends.
 * @throws InputError for an empty tag, one with a comma or a line break, and one that is too long.
 */
export function checkedTag(text: string): string {
  const tag = text.trim();
  const { tagLength: max } = ANNOTATION_LIMITS;
  const length = [...tag].length;
  if (length >= 1 && length <= max && /^[^\p{Cc},]*$/u.test(tag)) return tag;
  const found = JSON.stringify(tag.slice(0, max + 10).toWellFormed());
  throw new InputError(`Expected a tag of 1 to ${max} characters without commas, found ${found}`, {
    says: saying("runTag", { max, found }),
  });
}
