import { Hono } from "hono";
import * as v from "valibot";
import type { AppDeps } from "../../deps.ts";
import { describe } from "../describe.ts";
import { pathParams } from "../validate.ts";

const pair = <S extends v.GenericSchema>(schema: S) => v.tuple([v.nullable(schema), v.nullable(schema)]);

const DiffSchema = v.pipe(
  v.object({
    versions: v.tuple([v.number(), v.number()]),
    sets: v.pipe(
      v.array(
        v.object({
          set: v.string(),
          n: pair(v.number()),
          accuracy: pair(v.number()),
          ece: pair(v.number()),
          recall: v.array(v.object({ label: v.string(), values: pair(v.number()) })),
        }),
      ),
      v.description("The image sets on which both were evaluated"),
    ),
    parameters: v.pipe(
      v.nullable(v.array(v.object({ name: v.string(), values: pair(v.unknown()) }))),
      v.description("Parameters of their runs that differ; null when a run's are not known"),
    ),
    data: v.object({
      runs: pair(v.string()),
      more_samples: v.pipe(
        v.nullable(v.number()),
        v.description("How many more labelled drawings there were when the second was trained"),
      ),
    }),
    files: v.nullable(
      v.object({
        classes: v.object({ added: v.array(v.string()), removed: v.array(v.string()) }),
        architecture: pair(v.string()),
        is_same_architecture: v.boolean(),
        bytes: pair(v.number()),
        layers: v.array(
          v.object({
            layer: v.string(),
            weights: v.number(),
            changed: v.nullable(v.number()),
            relative: v.pipe(
              v.nullable(v.number()),
              v.description("Length of the difference, relative to the first version's weights"),
            ),
          }),
        ),
      }),
    ),
    problem: v.pipe(v.nullable(v.string()), v.description("Why the files could not be compared")),
  }),
  v.metadata({ ref: "ModelDiff" }),
);

const Names = v.object({ a: v.string(), b: v.string() });

/** `/models/{a}/diff/{b}`: how two versions differ. */
export function createDiffApi({ modelFiles }: Pick<AppDeps, "modelFiles">): Hono {
  return new Hono().get(
    "/:a/diff/:b",
    describe({
      id: "diffModels",
      tag: "Models",
      summary: "How two versions differ",
      description:
        "Figures on the same sets, parameters, data, classes, architecture, and how far the weights of each layer have moved. `a` and `b` are versions or aliases.",
      answers: { 200: { description: "The differences", schema: DiffSchema } },
      errors: [404],
    }),
    pathParams(Names),
    async (c) => {
      const { a, b } = c.req.valid("param");
      return c.json(await modelFiles.diff(a, b));
    },
  );
}
