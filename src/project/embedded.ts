import { conf, mnist, model, page, project, sources } from "../../build/embedded.ts";
import type { NodeSource } from "../engine/pipeline/node-source.ts";
import type { Asset } from "../lib/asset.ts";

/** What is built into the executable. `src/build/assets.ts` makes it. */
export interface Embedded {
  /** The texts of conf/base, by file name. */
  conf(): Promise<Record<string, string>>;
  /** MNIST's raw IDX files, by file name. */
  mnist(name: string): Promise<Uint8Array>;
  /** False only in the build that makes the base model. */
  hasModel: boolean;
  /** The files of the base model: model.json, weights.bin and record.json. */
  model(name: string): Promise<Uint8Array>;
  /** What pages load from /assets/. */
  page(): Promise<Map<string, Asset>>;
  /** What `tegaki init` writes: texts by path. */
  project(): Promise<Record<string, string>>;
  /** The sources of the built-in pipelines' nodes, by node name. */
  sources(): Promise<Record<string, NodeSource>>;
}

export const embedded: Embedded = {
  async conf() {
    const entries = Object.entries(conf).map(
      async ([name, path]) => [name, await Bun.file(path).text()] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  },
  async mnist(name) {
    return Bun.zstdDecompress(await Bun.file(pathOf(mnist, `${name}.zst`)).bytes());
  },
  hasModel: Object.keys(model).length > 0,
  async model(name) {
    return Bun.file(pathOf(model, name)).bytes();
  },
  async page() {
    const assets = await Promise.all(
      Object.entries(page).map(async ([name, path]) => [name, await asset(path)] as const),
    );
    return new Map(assets);
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
  if (path === undefined) throw new Error(`Not built in: ${name}. Run "npm run build" again`);
  return path;
}

async function asset(path: string): Promise<Asset> {
  const file = Bun.file(path);
  const body = await file.bytes();
  const hash = new Bun.CryptoHasher("sha256").update(body).digest("hex");
  return { body, contentType: file.type, etag: `"${hash.slice(0, 32)}"` };
}
