import type { Database } from "bun:sqlite";
import type { NewSample, Split } from "../../domain/sample.ts";

const SPLITS = ["train", "holdout"] as const satisfies readonly Split[];

/**
 * Returns the side of the split that follows from the hash of a group. The same group and fraction give the same side
 * on every machine.
 *
 * @param group any string that identifies the group.
 * @param holdoutFraction the share of groups on the holdout side, 0..1.
 */
export function drawSplit(group: string, holdoutFraction: number): Split {
  const digest = new Bun.CryptoHasher("sha256").update(group).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48 < holdoutFraction ? "holdout" : "train";
}

/**
 * Returns the side of a sample's group (writer, otherwise session, otherwise the sample alone). It is drawn when the
 * group is first seen and kept from then on, even if the fraction changes. The first group of a store is always train.
 * Must be called in the transaction that stores the sample, before it.
 */
export function splitOf(
  database: Database,
  sample: Pick<NewSample, "writer" | "session"> & { id: string; createdAt: string },
  holdoutFraction: number,
): Split {
  const group = groupOf(sample);
  if (group === null) {
    return isEmpty(database) ? "train" : drawSplit(`sample:${sample.id}`, holdoutFraction);
  }
  const known = database
    .query<{ split: string }, { group: string }>("SELECT split FROM splits WHERE group_key = $group")
    .get({ group });
  const kept = SPLITS.find((split) => split === known?.split);
  if (kept !== undefined) return kept;
  const split = isEmpty(database) ? "train" : drawSplit(group, holdoutFraction);
  database
    .query("INSERT INTO splits (group_key, split, created_at) VALUES ($group, $split, $createdAt)")
    .run({ group, split, createdAt: sample.createdAt });
  return split;
}

function groupOf(sample: Pick<NewSample, "writer" | "session">): string | null {
  if (sample.writer !== null) return `writer:${sample.writer}`;
  return sample.session === null ? null : `session:${sample.session}`;
}

function isEmpty(database: Database): boolean {
  const row = database
    .query<{ found: number }, []>(
      "SELECT EXISTS (SELECT 1 FROM splits) OR EXISTS (SELECT 1 FROM samples) AS found",
    )
    .get();
  return row?.found === 0;
}
