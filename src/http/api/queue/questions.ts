import { Hono } from "hono";
import * as v from "valibot";
import { QUEUE_ORDERS } from "../../../domain/queue/order.ts";
import {
  isSameAnswer,
  MAX_QUESTIONS,
  type Question,
  type QueueAnswer,
} from "../../../domain/queue/question.ts";
import type { QueueScoring } from "../../../domain/queue/queue-scoring.ts";
import { actorOf } from "../../access/identity.ts";
import { labellerNamed } from "../../access/own-name.ts";
import type { AppDeps } from "../../deps.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { ClassName, described } from "../conditions.ts";
import { describe } from "../describe.ts";
import { requireClass } from "../label.ts";
import { atMost, jsonBody, pathParams, strict } from "../validate.ts";
import { Labeller } from "./labeller.ts";
import { requireOffered } from "./orders.ts";
import { AnsweredSchema, answeredJson, QuestionSchema, questionJson } from "./queue-json.ts";

const Ids = v.pipe(v.array(v.pipe(v.string(), atMost(100))), v.maxLength(MAX_QUESTIONS));

const NextBody = strict({
  labeller: Labeller,
  order: v.optional(v.picklist(QUEUE_ORDERS), "newest"),
  n: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0, `expected a whole number from 0 to ${MAX_QUESTIONS}`),
    v.maxValue(MAX_QUESTIONS, `expected a whole number from 0 to ${MAX_QUESTIONS}`),
    v.description("0 only keeps those in `holding`"),
  ),
  holding: v.optional(
    v.pipe(Ids, v.description("Questions that the labeller has already: they are kept for longer")),
    [],
  ),
});

const NextSchema = v.object({
  questions: v.array(QuestionSchema),
  left: v.object({ unlabelled: v.number(), leased: v.number() }),
});

const AnswerBody = strict({
  labeller: Labeller,
  answer: v.pipe(
    strict({
      label: v.optional(ClassName),
      none: v.optional(v.literal(true)),
      discard: v.optional(v.literal(true)),
    }),
    described({ minProperties: 1, maxProperties: 1 }),
    v.description("One of `label`, `none` (none of the classes) and `discard` (not usable)"),
  ),
});

const LabellerBody = strict({ labeller: Labeller });
const ReleaseBody = strict({ labeller: Labeller, questions: Ids });
const IdParam = v.object({ id: v.string() });

/** `/queue`: questions about drawings, and the answers. */
export function createQuestionsApi(
  deps: Pick<AppDeps, "store" | "scoring" | "labelling" | "classes" | "scheduler">,
): Hono {
  const { queue } = deps.store;
  const api = new Hono();

  api.post(
    "/next",
    describe({
      id: "nextQuestions",
      tag: "Label queue",
      summary: "Get the next drawings to label",
      description:
        "Each belongs to the labeller for `labelling.lease_seconds`, and nobody else gets it. Send the questions that you have as `holding` to keep them.",
      answers: { 200: { description: "The questions; fewer than `n` at the end", schema: NextSchema } },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    jsonBody(NextBody),
    async (c) => {
      const { labeller, order, n, holding } = c.req.valid("json");
      const versions = deps.scoring.versions();
      requireOffered(order, versions);
      const { questions, left } = await queue.next({
        ...{ labeller: labellerNamed(c, labeller), order, n, holding, ...versions, ...deps.labelling() },
        draws: Array.from({ length: n }, () => Math.random()),
      });
      const scored = await withScores(deps.scoring, questions);
      return c.json({ questions: scored.map((question) => questionJson(question, order)), left });
    },
  );

  api.post(
    "/questions/:id/answer",
    describe({
      id: "answerQuestion",
      tag: "Label queue",
      summary: "Label a drawing of the queue",
      description:
        "Durable before the response is sent: the drawing is a sample then, or discarded. A repeated answer returns the first decision. 409 when someone else has the question, or it was answered.",
      answers: { 200: { description: "The decision, which can be undone", schema: AnsweredSchema } },
      errors: [400, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    jsonBody(AnswerBody),
    async (c) => {
      const { labeller, answer: given } = c.req.valid("json");
      const answer = answerOf(given);
      if (answer.kind === "label") requireClass(deps.classes, answer.label);
      const { decision, isNew } = await queue.answer(c.req.param("id"), answer, {
        labeller: labellerNamed(c, labeller),
        actor: actorOf(c),
      });
      if (isNew && decision.kind === "unlabelled" && answer.kind === "label")
        deps.scheduler.notifyNewSample();
      return c.json(
        answeredJson(decision, decision.expected !== null && isSameAnswer(decision.expected, answer)),
      );
    },
  );

  api.post(
    "/questions/:id/skip",
    describe({
      id: "skipQuestion",
      tag: "Label queue",
      summary: "Skip a drawing",
      description: "The labeller gets it again after everything else.",
      answers: { 204: { description: "Skipped" } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    jsonBody(LabellerBody),
    async (c) => {
      await queue.skip(c.req.param("id"), labellerNamed(c, c.req.valid("json").labeller));
      return c.body(null, 204);
    },
  );

  api.post(
    "/decisions/:id/undo",
    describe({
      id: "undoDecision",
      tag: "Label queue",
      summary: "Undo an answer",
      description:
        "The sample is deleted, and its drawing is in the queue again. 409 when the sample has changed since, or the decision is someone else's.",
      answers: {
        200: {
          description: "The question again, which belongs to the labeller",
          schema: v.object({ question: QuestionSchema }),
        },
      },
      errors: [400, 404, 409, 413, 415, 422, 503, 507],
    }),
    pathParams(IdParam),
    jsonBody(LabellerBody),
    async (c) => {
      const { labeller } = c.req.valid("json");
      const by = { labeller: labellerNamed(c, labeller), actor: actorOf(c) };
      const question = await queue.undo(c.req.param("id"), by, deps.labelling().leaseMs);
      const [scored] = await withScores(deps.scoring, [question]);
      return c.json({ question: questionJson(scored!, "newest") });
    },
  );

  api.post(
    "/release",
    describe({
      id: "releaseQuestions",
      tag: "Label queue",
      summary: "Give questions back",
      description: "Others get them at once.",
      answers: { 204: { description: "Released" } },
      errors: [400, 413, 415, 422, 503, 507],
    }),
    jsonBody(ReleaseBody),
    async (c) => {
      const { labeller, questions } = c.req.valid("json");
      await queue.release(labellerNamed(c, labeller), questions);
      return c.body(null, 204);
    },
  );

  return api;
}

/**
 * Returns the questions with the live model's answer, so that those which it has not scored, and samples, look like all
 * others.
 */
async function withScores(scoring: QueueScoring, questions: readonly Question[]): Promise<Question[]> {
  const { live } = scoring.versions();
  const isStale = ({ scores }: Question) => live !== null && scores?.version !== live;
  const scores = await scoring.score(questions.filter(isStale).map(({ pixels }) => pixels));
  return questions.map((question) =>
    isStale(question) ? { ...question, scores: scores.shift() ?? question.scores } : question,
  );
}

/** @throws {ValidationError} unless exactly one answer is given. */
function answerOf({ label, none, discard }: v.InferOutput<typeof AnswerBody>["answer"]): QueueAnswer {
  const given: QueueAnswer[] = [
    ...(label === undefined ? [] : [{ kind: "label" as const, label }]),
    ...(none === undefined ? [] : [{ kind: "none" as const }]),
    ...(discard === undefined ? [] : [{ kind: "discard" as const }]),
  ];
  if (given.length === 1) return given[0]!;
  const message = `expected one of label, none and discard, found ${given.length === 0 ? "none of them" : given.map(({ kind }) => kind).join(" and ")}`;
  throw new ValidationError(`answer: ${message}`, [{ path: "answer", message }]);
}
