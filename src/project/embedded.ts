import { conf, docs, mnist, model, page, project, sources, trees } from "../../build/embedded.ts";
import type { KnownTrees } from "../config/known-trees.ts";
import type { ManualPage } from "../domain/manual.ts";
import type { NodeSource } from "../engine/pipeline/node-source.ts";
import type { Asset } from "../lib/asset.ts";

/** The files that are built into the executable. `src/build/assets.ts` generates them. */
export interface Embedded {
  /** Returns the content of conf/base, by file name. */
  conf(): Promise<Record<string, string>>;
  /** Returns the trees of those files. */
  confTrees(): Promise<KnownTrees>;
  /** Returns one of MNIST's raw IDX files. */
  mnist(name: string): Promise<Uint8Array>;
  /** False only in the build that trains the base model. */
  hasModel: boolean;
  /** Returns a file of the base model: model.json, weights.bin or record.json. */
  model(name: string): Promise<Uint8Array>;
  /** Returns the files that pages load from /assets/, by name. */
  page(): Promise<Map<string, Asset>>;
  /** Returns the pages of the manual. */
  manual(): Promise<ManualPage[]>;
  /** Returns the files that `tegaki init` writes: contents by path. */
  project(): Promise<Record<string, string>>;
  /** Returns the sources of the built-in pipelines' nodes, by node name. */
  sources(): Promise<Record<string, NodeSource>>;
}

/** The files in this executable. */
export const embedded: Embedded = {
  async conf() {
    const entries = Object.entries(conf).map(
      async ([name, path]) => [name, await Bun.file(path).text()] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  },
  async confTrees() {
    return Bun.file(pathOf(trees, "conf.json")).json();
  },
  async mnist(name) {
    return Bun.zstdDecompress(await Bun.file(pathOf(mnist, `${name}.zst`)).bytes());
  },
  hasModel: Object.keys(model).length > 0,
  async model(name) {
    return Bun.file(pathOf(model, name)).bytes();
  },
  async page() {
    const names = Object.keys(page).filter((name) => !/\.(br|gz)$/.test(name));
    return new Map(await Promise.all(names.map(async (name) => [name, await asset(name)] as const)));
  },
  async manual() {
    const packed = await Bun.file(pathOf(docs, "manual.json.zst")).bytes();
    return JSON.parse(new TextDecoder().decode(await Bun.zstdDecompress(packed)));
  },
  async project() {
    return Bun.file(pathOf(project, "template.json")).json();
  },
  async sources() {
    return Bun.file(pathOf(sources, "nodes.json")).json();
  },
};

function pathOf(group: Readonly<Record<string, string>>, name: string): string {
  const path = group[name];
  if (path === undefined) throw new Error(`${name} is not built in. Run "npm run build" again`);
  return path;
}

async function asset(name: string): Promise<Asset> {
  const file = Bun.file(pathOf(page, name));
  const [body, br, gzip] = await Promise.all([
    file.bytes(),
    encodedAsset(`${name}.br`),
    encodedAsset(`${name}.gz`),
  ]);
  const hash = new Bun.CryptoHasher("sha256").update(body).digest("hex");
  const encoded = { ...(br && { br }), ...(gzip && { gzip }) };
  return { body, contentType: file.type, etag: `"${hash.slice(0, 32)}"`, encoded };
}

async function encodedAsset(name: string): Promise<Uint8Array | null> {
  return page[name] === undefined ? null : Bun.file(page[name]).bytes();
}
