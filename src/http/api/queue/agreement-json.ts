import * as v from "valibot";
import type { Proportion } from "../../../domain/monitoring/proportion.ts";
import type { AgreementReport, LabellerScore } from "../../../domain/queue/agreement.ts";
import type { Agreement } from "../../../domain/queue/kappa.ts";
import type { Opinion } from "../../../domain/queue/opinion.ts";
import type { QueueAnswer } from "../../../domain/queue/question.ts";

const AnswerSchema = v.pipe(
  v.object({
    label: v.nullable(v.string()),
    none: v.pipe(v.boolean(), v.description("None of the classes")),
    discard: v.pipe(v.boolean(), v.description("Not usable")),
  }),
  v.metadata({ ref: "LabelAnswer" }),
);

const share = v.nullable(v.number());
const counts = (name: string) => ({
  n: v.number(),
  [name]: v.number(),
  share: v.pipe(share, v.description("0..1; null without any")),
  low: v.pipe(share, v.description("Wilson's 95 % interval")),
  high: share,
});

const agreementEntries = {
  n: v.pipe(v.number(), v.description("Drawings that both have answered")),
  equal: v.number(),
  share,
  low: v.pipe(share, v.description("Wilson's 95 % interval of the share")),
  high: share,
  kappa: v.pipe(
    v.nullable(v.object({ value: v.number(), low: share, high: share })),
    v.description(
      "Cohen's kappa with its 95 % interval by the large-sample standard error of Fleiss, Cohen and Everitt (1969); the ends are null where all answers agree",
    ),
  ),
  no_kappa: v.pipe(
    v.nullable(v.picklist(["few", "one_class"])),
    v.description("Why there is none. few: fewer than 30 drawings; one_class: every answer was the same"),
  ),
};

/** The response of `GET /queue/agreement`. */
export const AgreementSchema = v.object({
  second_opinions: v.object({
    share: v.pipe(v.number(), v.description("Share of the questions: labelling.second_opinions")),
    n: v.number(),
    drawings: v.number(),
  }),
  all: v.pipe(
    v.object(agreementEntries),
    v.description("The label of each drawing with the first second opinion on it"),
  ),
  pairs: v.pipe(
    v.array(v.object({ labellers: v.tuple([v.string(), v.string()]), ...agreementEntries })),
    v.description("Two labellers with at least 10 drawings in common, those with most first; at most 20"),
  ),
  more_pairs: v.pipe(v.number(), v.description("Pairs with drawings in common that are not listed")),
  confused: v.pipe(
    v.array(
      v.object({
        answers: v.tuple([AnswerSchema, AnswerSchema]),
        n: v.pipe(v.number(), v.description("Drawings with both answers")),
        of: v.pipe(v.number(), v.description("Drawings with at least one of them")),
      }),
    ),
    v.description("The most frequent first, at most 10"),
  ),
  known_answers: v.object({
    share: v.pipe(v.number(), v.description("Share of the questions: labelling.known_answers")),
    pool: v.pipe(v.number(), v.description("Drawings with a known answer")),
    least: v.pipe(v.number(), v.description("None are given while the pool is smaller")),
    contested: v.pipe(
      v.array(
        v.object({
          sample_id: v.string(),
          label: v.string(),
          labellers: v.pipe(v.number(), v.description("Those who answered it")),
          otherwise: v.pipe(v.number(), v.description("Those whose newest answer is not the label")),
        }),
      ),
      v.description("Known answers that may be wrong, at most 10"),
    ),
  }),
});

/** The response of `GET /queue/labellers`. */
export const LabellersSchema = v.object({
  labellers: v.pipe(
    v.array(
      v.object({
        labeller: v.string(),
        answers: v.pipe(v.number(), v.description("Of every kind; those that were undone do not count")),
        known_answers: v.object(counts("correct")),
        others: v.pipe(
          v.object(counts("equal")),
          v.description("Answers to drawings that someone else has answered too"),
        ),
        per_hour: v.pipe(
          share,
          v.description(
            "Answers an hour without pauses of more than 2 minutes; null for fewer than 30 without a pause",
          ),
        ),
        last_at: v.string(),
      }),
    ),
    v.description("Those who answered last first, at most 100"),
  ),
  more: v.pipe(v.number(), v.description("Labellers that are not listed")),
});

/** The response of `GET /samples/{id}/opinions`. */
export const OpinionsSchema = v.object({
  sample_id: v.string(),
  opinions: v.array(
    v.object({
      kind: v.pipe(
        v.picklist(["second", "known"]),
        v.description("second: a second opinion; known: an answer to a drawing whose label was known"),
      ),
      labeller: v.string(),
      answer: AnswerSchema,
      expected: v.pipe(v.string(), v.description("The label that the sample had then")),
      at: v.string(),
    }),
  ),
});

/** The report of agreement as JSON. */
export function agreementJson(
  report: AgreementReport,
  shares: { second: number; known: number },
): v.InferOutput<typeof AgreementSchema> {
  const { opinions, drawings, all, pairs, morePairs, confused, known, contested } = report;
  return {
    second_opinions: { share: shares.second, n: opinions, drawings },
    all: pairJson(all),
    pairs: pairs.map(({ labellers: [a, b], agreement }) => ({ labellers: [a, b], ...pairJson(agreement) })),
    more_pairs: morePairs,
    confused: confused.map(({ answers: [a, b], n, of }) => ({
      answers: [answerJson(a), answerJson(b)],
      ...{ n, of },
    })),
    known_answers: {
      ...{ share: shares.known, pool: known.pool, least: known.least },
      contested: contested.map(({ sampleId, label, asked, otherwise }) => ({
        ...{ sample_id: sampleId, label, labellers: asked, otherwise },
      })),
    },
  };
}

/** A labeller's score as JSON. */
export function labellerJson({ labeller, answers, known, others, perHour, lastAt }: LabellerScore) {
  const { right, ...ofKnown } = known;
  const { equal, ...ofOthers } = others;
  return {
    ...{ labeller, answers },
    known_answers: { ...proportionJson(ofKnown), correct: right },
    others: { ...proportionJson(ofOthers), equal },
    ...{ per_hour: perHour, last_at: lastAt },
  };
}

/** An opinion as JSON. */
export function opinionJson({ kind, labeller, answer, expected, at }: Opinion) {
  return { kind, labeller, answer: answerJson(answer), expected, at };
}

function pairJson({ equal, kappa, noKappa }: Agreement) {
  const n = Math.round((equal.share ?? 0) * equal.n);
  const interval = kappa?.interval ?? { low: null, high: null };
  return {
    ...{ ...proportionJson(equal), equal: n },
    kappa: kappa && { value: kappa.value, ...interval },
    no_kappa: noKappa,
  };
}

function proportionJson({ n, share: value, low, high }: Proportion) {
  return { n, share: value, low, high };
}

function answerJson(answer: QueueAnswer): v.InferOutput<typeof AnswerSchema> {
  const label = answer.kind === "label" ? answer.label : null;
  return { label, none: answer.kind === "none", discard: answer.kind === "discard" };
}
