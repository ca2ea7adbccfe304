import type { Database } from "bun:sqlite";
import { checkKind, placeOf } from "../../../domain/queue/check-choice.ts";
import type { Check, CheckSource } from "../../../domain/queue/check-source.ts";
import type { Decision } from "../../../domain/queue/question.ts";
import { chooseSecond } from "./choose-second.ts";
import { chooseKnown } from "./known.ts";
import { recordOpinion, withdrawOpinion } from "./record.ts";

function hasUnlabelled(database: Database): boolean {
  return (
    database.query<unknown, []>("SELECT 1 FROM queue_drawings WHERE discarded_at IS NULL LIMIT 1").get() !==
    null
  );
}

/** The checks of the queue: second opinions and known answers, from the table `samples`. */
export const opinionChecks: CheckSource<Database> = {
  next(database, { labeller, shares, draw, without, now }): Check | null {
    const kind = checkKind(draw, shares);
    // A share of the questions: where there is nothing to label, there are no questions.
    if (kind === null || !hasUnlabelled(database)) return null;
    const query = { labeller, without, place: placeOf(labeller, draw), nowMs: Date.parse(now) };
    if (kind === "second") {
      const sampleId = chooseSecond(database, query);
      return sampleId === null ? null : { kind, sampleId, expected: null };
    }
    const known = chooseKnown(database, query);
    return known && { kind, sampleId: known.id, expected: { kind: "label", label: known.label } };
  },

  answered(database, decision: Decision): void {
    const { id: decisionId, kind, itemId: sampleId, labeller, answer, expected, at } = decision;
    if (kind === "unlabelled") return;
    const asked = expected?.kind === "label" ? expected.label : null;
    recordOpinion(database, { decisionId, sampleId, kind, labeller, answer, at, asked });
  },

  undone(database, decision: Decision): void {
    withdrawOpinion(database, decision.id);
  },
};
