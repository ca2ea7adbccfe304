import { expect, test } from "bun:test";
import { UsageError } from "../../src/lib/errors.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { requireShown } from "../../src/server/pipelines-to-serve.ts";
import type { Training } from "../../src/training/training.ts";

const LOADED = { pipelines: createPipelines({ training: {} as Training }), files: {}, broken: [] };

test.each([undefined, null, "tuning", "__default__"])("requireShown() takes %p", (shown) => {
  expect(requireShown(LOADED, shown, ["ink"])).toBeUndefined();
});

test.each<[string, string]>([
  ["tunign", 'No pipeline "tunign". Did you mean "tuning"?'],
  ["toString", 'No pipeline "toString". Available pipelines: __default__'],
  ["ink", 'Pipeline "ink" is one of the project\'s own, whose code is not loaded. Add --load-code'],
])("requireShown() refuses %s", (shown, message) => {
  expect(() => requireShown(LOADED, shown, ["ink"])).toThrow(UsageError);
  expect(() => requireShown(LOADED, shown, ["ink"])).toThrow(message);
});
