import { expect, test } from "bun:test";
import type { Problem } from "../../src/config/errors.ts";
import { knownTree, readKnownTrees } from "../../src/config/known-trees.ts";
import { readLayer } from "../../src/config/layers.ts";
import { parseYaml } from "../../src/config/yaml.ts";
import { embedded } from "../../src/project/embedded.ts";

const TEXT = "a: 1\nb:\n  - x\n  - {c: null, d: 'no', __proto__: 1.5}\ne:\n";

test("knownTree() returns what parseYaml() returns, places included, also after a round trip through JSON", () => {
  const known = JSON.parse(JSON.stringify(readKnownTrees([TEXT])));
  const parsed = parseYaml("conf/x.yml", TEXT, []);
  expect(parsed).not.toBeNull();
  expect(knownTree(known, "conf/x.yml", TEXT)).toEqual(parsed);
});

test("knownTree() returns null for a text that has changed by one character", () => {
  expect(knownTree(readKnownTrees([TEXT]), "x", `${TEXT} `)).toBeNull();
});

test("readKnownTrees() leaves out texts with a problem or a warning, which are then reported when they are read", () => {
  expect(readKnownTrees(["a: [", "a: no", "a.b: 1", "a: 010"])).toEqual({});
});

test("the executable knows the trees of all of its conf/base, and they make the layer that its texts make", async () => {
  const texts = await embedded.conf();
  const known = await embedded.confTrees();
  for (const text of Object.values(texts)) expect(knownTree(known, "x", text)).not.toBeNull();
  const problems: Problem[] = [];
  const label = (name: string) => `conf/base/${name}`;
  expect(readLayer(texts, label, problems, problems, known)).toEqual(readLayer(texts, label, [], []));
  expect(problems).toEqual([]);
});
