import type { Sample } from "../domain/sample.ts";
import type { Store } from "../domain/store.ts";
import { ConflictError, NotFoundError } from "../lib/errors.ts";
import { saying } from "../lib/saying.ts";

/**
 * Takes the label of a sample out of review, because it is right.
 * @throws NotFoundError when there is no such sample. @throws ConflictError for one without a label in use, or pinned.
 */
export async function confirmLabel(samples: Store["samples"], id: string): Promise<Sample> {
  const sample = await samples.get(id);
  if (sample === null) throw new NotFoundError(`There is no sample ${id.slice(0, 100)}.`);
  if (sample.state !== "labelled") {
    throw new ConflictError(`Sample ${sample.id} has no label to confirm: it is ${sample.state}.`, {
      says: saying("sample.noLabel", { id: sample.id, state: sample.state }),
    });
  }
  if (sample.review.state === "pinned") {
    throw new ConflictError(
      `Sample ${sample.id} is pinned: its label cannot be changed, and is not in review.`,
      { says: saying("sample.pinned", { id: sample.id }) },
    );
  }
  await samples.confirm({ id });
  return (await samples.get(id)) ?? sample;
}
