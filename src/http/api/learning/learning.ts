import { Hono } from "hono";
import * as v from "valibot";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { atMost, oneLine, query, strict } from "../validate.ts";
import { LearningSchema, learningJson, PersonSchema, personJson } from "./schemas.ts";

const PersonQuery = strict({
  writer: v.pipe(
    v.string(),
    v.minLength(1, "expected a writer's name"),
    atMost(100, "expected at most 100 characters"),
    oneLine,
    v.description("As given with the labels"),
  ),
});

/** `/learning`: what labels have brought. */
export function createLearningApi({ learning }: Pick<AppDeps, "learning">): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getLearning",
      tag: "Learning",
      summary: "What labels have brought: held-out mistakes, the learning curve, and who needs labels",
      answers: { 200: { description: "The report", schema: LearningSchema } },
      errors: [503],
    }),
    async (c) => c.json(learningJson(await learning.overview())),
  );

  api.get(
    "/person",
    describe({
      id: "getPersonLearning",
      tag: "Learning",
      summary: "A writer's mistakes per 20 labelled drawings, by the model alone and with personal memory",
      description: "Of the writer's newest 1,000 labelled drawings.",
      answers: { 200: { description: "The mistakes over time", schema: PersonSchema } },
      errors: [404, 422, 503],
    }),
    query(PersonQuery),
    async (c) => {
      const { writer } = c.req.valid("query");
      const progress = await learning.person(writer);
      if (progress === null) throw new NotFoundError(`There is no labelled drawing of writer "${writer}"`);
      return c.json(personJson(progress));
    },
  );

  return api;
}
