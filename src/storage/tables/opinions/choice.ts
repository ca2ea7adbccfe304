/** The labeller, and from where the search starts, see `placeOf`. */
export interface ChoiceQuery {
  labeller: string;
  place: Uint8Array;
  /** Ids of samples that are not chosen. */
  without: ReadonlySet<string>;
  nowMs: number;
}

/** A condition on `samples`: the labeller has neither drawn nor labelled it, and may be given it. */
export const NOT_OWN = `(samples.writer IS NULL OR samples.writer <> $labeller)
  AND samples.id NOT IN (SELECT value FROM json_each($without))
  AND NOT EXISTS (SELECT 1 FROM queue_decisions AS own INDEXED BY queue_decisions_by_item
    WHERE own.item_id = samples.id AND own.labeller = $labeller AND own.kind <> 'known' AND own.undone_at IS NULL)`;

/** The values of the parameters of `NOT_OWN`, and the place. */
export function valuesOf({ labeller, place, without }: ChoiceQuery) {
  return { labeller, place, without: JSON.stringify([...without]) };
}
