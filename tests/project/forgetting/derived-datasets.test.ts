import { expect, test } from "bun:test";
import { join } from "node:path";
import { parse } from "yaml";
import { WITHOUT_IMAGES } from "../../../src/project/forgetting/derived-datasets.ts";

test("each built-in dataset that is kept when people are forgotten is numbers or a model", async () => {
  const text = await Bun.file(join(import.meta.dir, "../../../conf/base/catalog.yml")).text();
  const catalog = parse(text) as Record<string, { type: string }>;
  const numbers = Object.entries(catalog)
    .filter(([, { type }]) => ["json", "tfjs_model", "registered_model"].includes(type))
    .map(([name]) => name)
    // It has the ids of drawings: it is removed.
    .filter((name) => name !== "drawing_map");
  expect([...WITHOUT_IMAGES].sort()).toEqual(numbers.sort());
});
