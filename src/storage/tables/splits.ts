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

/** The parts of a sample that decide its side. */
type SplitSample = Pick<NewSample, "writer" | "session"> & { split?: Split };

/**
 * Returns the side of a sample's group (writer, otherwise session). It is set when the group is first seen, and kept
 * from then on, even if the fraction changes or an imported sample says otherwise. A sample with neither is on the side
 * that it says, or else on the side that follows from its drawing, which is the same in every store. A new group is on
 * the side that its first sample says, or else drawn; the first group of a store is then always train. Must be called
 * in the transaction that stores the sample, before it.
 */
export function splitOf(
  database: Database,
  sample: SplitSample,
  { identity, createdAt }: { identity: Uint8Array; createdAt: string },
  holdoutFraction: number,
): Split {
  const group = groupOf(sample);
  const known = group === null ? null : storedSplit(database, group);
  if (known !== null) return known;
  const key = group ?? `drawing:${Buffer.from(identity).toString("hex")}`;
  const split = sample.split ?? (isEmpty(database) ? "train" : drawSplit(key, holdoutFraction));
  if (group !== null) {
    database
      .query("INSERT INTO splits (group_key, split, created_at) VALUES ($group, $split, $createdAt)")
      .run({ group, split, createdAt });
  }
  return split;
}

function storedSplit(database: Database, group: string): Split | null {
  const row = database
    .query<{ split: string }, { group: string }>("SELECT split FROM splits WHERE group_key = $group")
    .get({ group });
  return SPLITS.find((split) => split === row?.split) ?? null;
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
