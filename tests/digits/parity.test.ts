import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TEST_NEEDS } from "../../src/build/test-needs.ts";
import { PREPROCESSING_VERSION } from "../../src/digits/image-format.ts";
import { rasterise } from "../../src/digits/rasterise.ts";
import { testNeeding } from "../support/needing.ts";
import { randomDrawing } from "./drawings.ts";

const DIGITS = join(import.meta.dir, "../../src/digits");
const samples = Array.from({ length: 300 }, (_, seed) => randomDrawing(seed));

const sha256 = (images: Uint8Array[]) => {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const image of images) hasher.update(image);
  return hasher.digest("hex");
};

describe("the drawing code in browser and server", () => {
  let folder: string;
  let bundle: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tegaki-digits-"));
    const built = await Bun.build({
      entrypoints: [join(DIGITS, "rasterise.ts")],
      target: "browser",
      minify: true,
    });
    bundle = join(folder, "rasterise.mjs");
    await Bun.write(bundle, built.outputs[0]!);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("rasterise() bundled for browsers gives the server's bytes for 300 drawings", async () => {
    const browser = (await import(bundle)) as { rasterise: typeof rasterise };
    for (const drawing of samples) expect(browser.rasterise(drawing)).toEqual(rasterise(drawing));
  });

  testNeeding(TEST_NEEDS.node, "rasterise() gives the same bytes in V8, where Node.js is there", async () => {
    await Bun.write(join(folder, "drawings.json"), JSON.stringify(samples));
    const script = `import { rasterise } from ${JSON.stringify(bundle)};
      import { readFileSync } from "node:fs";
      import { createHash } from "node:crypto";
      const hash = createHash("sha256");
      for (const drawing of JSON.parse(readFileSync(process.argv[2]))) hash.update(rasterise(drawing));
      console.log(hash.digest("hex"));`;
    await Bun.write(join(folder, "check.mjs"), script);
    const node = Bun.spawn(["node", join(folder, "check.mjs"), join(folder, "drawings.json")]);
    expect((await new Response(node.stdout).text()).trim()).toBe(sha256(samples.map((d) => rasterise(d))));
  });

  test("rasterise() gives the images of this PREPROCESSING_VERSION: raise it when this hash must change", () => {
    expect(PREPROCESSING_VERSION).toBe(2);
    expect(sha256(samples.map((drawing) => rasterise(drawing)))).toBe(
      "b21300d3f561949af2d87d64238d428ba1a643757deb6538c1796a38e6551102",
    );
  });

  test("uses no Math function whose last bit may differ between engines", async () => {
    const exact = new Set(["abs", "ceil", "clz32", "floor", "max", "min", "round", "sqrt"]);
    for (const file of await readdir(DIGITS)) {
      const source = await Bun.file(join(DIGITS, file)).text();
      for (const [, name] of source.matchAll(/Math\.(\w+)/g))
        expect({ file, name, isExact: exact.has(name!) }).toEqual({ file, name, isExact: true });
      expect(source).not.toMatch(/ \*\* /);
    }
  });
});
