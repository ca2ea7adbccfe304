import type { QueueOrder } from "../../../domain/queue/order.ts";

/** A part of an order: neighbouring rows of one index. */
export interface Stretch {
  /** A condition on `d`, a row of `queue_drawings`; uses $live and $compared. */
  where: string;
  orderBy: string;
}

/** The measures by which a version's drawings are sorted, each in the order of its index. */
const MEASURES = {
  least_confidence: "d.least_confidence DESC, d.id",
  margin: "d.margin, d.id",
  entropy: "d.entropy DESC, d.id",
} as const;

const NEWEST = "d.id DESC";

/**
 * The order of the queue in stretches, each of which is read from an index: what the live version has scored comes first,
 * then what others have scored, newest version first, then what nobody has.
 */
export function stretchesOf(order: QueueOrder): Stretch[] {
  switch (order) {
    case "newest":
      return [{ where: "TRUE", orderBy: NEWEST }];
    case "diversity":
      return [
        { where: "d.diversity_rank IS NOT NULL", orderBy: "d.diversity_rank, d.id" },
        { where: "d.diversity_rank IS NULL", orderBy: NEWEST },
      ];
    case "disagreement": {
      const by = "d.disagreement DESC, d.id";
      return [
        { where: "d.version = $live AND d.compared = $compared", orderBy: by },
        { where: "d.version = $live AND d.compared > $compared", orderBy: `d.compared DESC, ${by}` },
        { where: "d.version = $live AND d.compared < $compared", orderBy: `d.compared DESC, ${by}` },
        { where: "d.version = $live AND d.compared IS NULL", orderBy: NEWEST },
        { where: "d.version > $live", orderBy: `d.version DESC, ${by}` },
        { where: "d.version < $live", orderBy: `d.version DESC, ${by}` },
        { where: "d.version IS NULL", orderBy: NEWEST },
      ];
    }
    default: {
      const by = MEASURES[order];
      return [
        { where: "d.version = $live", orderBy: by },
        { where: "d.version > $live", orderBy: `d.version DESC, ${by}` },
        { where: "d.version < $live", orderBy: `d.version DESC, ${by}` },
        { where: "d.version IS NULL", orderBy: NEWEST },
      ];
    }
  }
}
