import { InputError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";

/** Number of aliases in a store, of tags of one version, and lengths in characters. */
export const ANNOTATION_LIMITS = { aliases: 200, tags: 50, key: 40, value: 200, note: 2_000 } as const;

const KEY = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,39}$/u;

/** @throws InputError for a tag or note that cannot be stored, naming the limit. */
export function checkAnnotation(change: {
  note?: string | null;
  tags?: Readonly<Record<string, string | null>>;
}): void {
  const { key: maxKey, value: maxValue, note: maxNote } = ANNOTATION_LIMITS;
  const found = [...(change.note ?? "")].length;
  if (found > maxNote) {
    throw new InputError(`A note has at most ${maxNote} characters, found ${found}`, {
      says: saying("noteLength", { max: maxNote, found }),
    });
  }
  for (const [key, value] of Object.entries(change.tags ?? {})) {
    if (!KEY.test(key)) {
      const found = JSON.stringify(key.slice(0, 60));
      throw new InputError(
        `The key of a tag is 1 to ${maxKey} letters, digits, "_", "." or "-" and begins with a letter or digit; found ${found}`,
        { says: saying("tagKey", { max: maxKey, found }) },
      );
    }
    if (value === null) continue;
    if ([...value].length > maxValue || /\p{Cc}/u.test(value)) {
      throw new InputError(`Tag ${key}: at most ${maxValue} characters and no control characters`, {
        says: saying("tagValue", { key, max: maxValue }),
      });
    }
  }
}
