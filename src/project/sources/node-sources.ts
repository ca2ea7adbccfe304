import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { NodeSource } from "../../engine/pipeline/node-source.ts";
import { plainName } from "../../engine/pipeline/plain-name.ts";
import type { ProjectPipelines } from "../project-pipelines.ts";
import { type FunctionText, readSource, type SourceFile } from "./source-file.ts";

/** A node whose source is searched for. */
export interface SoughtNode {
  /** Without its namespaces. */
  name: string;
  /** The `name` of its function; "" when it has none. */
  funcName: string;
}

/** Maximum number of files read per pipeline: its own, and those that it imports. */
const MAX_FILES = 200;
/** Larger files, which are probably generated, are skipped. */
const MAX_BYTES = 1_000_000;
/** Maximum number of re-exports followed for one name. */
const MAX_HOPS = 10;
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];

interface Opened extends SourceFile {
  /** Absolute. */
  path: string;
}

/**
 * Finds the source of nodes' functions in the files of a pipeline, for the graph. Only regular files inside `root` are
 * read, even through links, and no code is run.
 *
 * @param root absolute.
 * @param file `pipeline.ts`, relative to the root.
 * @returns one entry per node; null when its source is not found.
 */
export async function findNodeSources(
  root: string,
  file: string,
  nodes: readonly SoughtNode[],
): Promise<(NodeSource | null)[]> {
  const files = new SourceFiles(await realpath(root));
  const opened = await files.reach(file);
  return Promise.all(nodes.map((node) => files.sourceOf(node, opened)));
}

/** The sources of the nodes of a project's own pipelines, by pipeline and node. */
export type ProjectSources = Readonly<Record<string, Readonly<Record<string, NodeSource>>>>;

/** Finds the sources of the nodes of a project's own pipelines. Nodes without a known source are omitted. */
export async function projectNodeSources(
  projectDir: string,
  { pipelines, files }: ProjectPipelines,
): Promise<ProjectSources> {
  const found = Object.entries(files).map(async ([pipeline, file]) => {
    const { nodes } = pipelines[pipeline]!;
    const sought = nodes.map((node) => ({ name: plainName(node), funcName: node.func.name }));
    const sources = await findNodeSources(projectDir, file, sought);
    const named = nodes.flatMap(({ name }, i): [string, NodeSource][] =>
      sources[i] == null ? [] : [[name, sources[i]]],
    );
    return [pipeline, Object.fromEntries(named)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Returns the source of the function of every node that the file of a pipeline defines with a literal name. */
export async function writtenNodeSources(root: string, file: string): Promise<Record<string, NodeSource>> {
  const files = new SourceFiles(await realpath(root));
  const opened = await files.reach(file, 1);
  const found: Record<string, NodeSource> = {};
  for (const { nodes } of opened) {
    for (const { name } of nodes) {
      const source = await files.sourceOf({ name, funcName: "" }, opened);
      if (source !== null) found[name] ??= source;
    }
  }
  return found;
}

class SourceFiles {
  readonly #opened = new Map<string, Promise<Opened | null>>();
  readonly root: string;

  /** @param root absolute and without links. */
  constructor(root: string) {
    this.root = root;
  }

  /** Returns the file and the files it imports, nearest first; at most `limit` files. */
  async reach(file: string, limit = MAX_FILES): Promise<Opened[]> {
    const first = await this.#open(join(this.root, file));
    const found = new Set(first === null ? [] : [first]);
    for (const opened of found) {
      if (found.size >= limit) break;
      const { imports, exports, starExports } = opened;
      const named = [...imports.values(), ...exports.values()].flatMap(({ specifier }) => specifier ?? []);
      for (const specifier of [...named, ...starExports]) {
        const next = await this.#import(opened, specifier);
        if (next !== null && found.size < limit) found.add(next);
      }
    }
    return [...found];
  }

  /** Finds the source by the node's name if the files have it as a literal, otherwise by the name of its function. */
  async sourceOf({ name, funcName }: SoughtNode, files: readonly Opened[]): Promise<NodeSource | null> {
    const written = files.flatMap((file) =>
      file.nodes.filter((node) => node.name === name).map(({ func }) => ({ file, func })),
    );
    const isNamedSo = ({ func }: { func: FunctionText }) =>
      "name" in func && (func.member ?? func.name) === funcName;
    const best = written.find(isNamedSo) ?? written[0];
    const found = best === undefined ? null : await this.#functionIn(best.file, best.func);
    if (found !== null || funcName === "") return found;
    const declaring = files.find(({ declarations }) => declarations.has(funcName));
    return declaring === undefined ? null : this.#place(declaring, declaring.declarations.get(funcName)!);
  }

  async #functionIn(file: Opened, func: FunctionText): Promise<NodeSource | null> {
    if ("piece" in func) return this.#place(file, func.piece);
    const { name, member } = func;
    if (member === null) return this.#named(file, name);
    const origin = file.imports.get(name);
    const from = origin?.name === "*" ? await this.#import(file, origin.specifier) : null;
    return from === null ? null : this.#exported(from, member);
  }

  /** Resolves a name within a file. */
  async #named(file: Opened, name: string, hops = 0): Promise<NodeSource | null> {
    const piece = file.declarations.get(name);
    const origin = file.imports.get(name);
    if (origin === undefined) return piece === undefined ? null : this.#place(file, piece);
    const from = await this.#import(file, origin.specifier);
    return from === null ? null : this.#exported(from, origin.name, hops + 1);
  }

  /** Resolves a name that a file exports. */
  async #exported(file: Opened, name: string, hops = 0): Promise<NodeSource | null> {
    if (hops > MAX_HOPS) return null;
    const known = file.exports.get(name);
    if (known !== undefined) {
      if (known.specifier === null) return this.#named(file, known.name, hops);
      const from = await this.#import(file, known.specifier);
      return from === null ? null : this.#exported(from, known.name, hops + 1);
    }
    if (file.declarations.has(name)) return this.#named(file, name, hops);
    for (const specifier of file.starExports) {
      const from = await this.#import(file, specifier);
      const found = from === null ? null : await this.#exported(from, name, hops + 1);
      if (found !== null) return found;
    }
    return null;
  }

  #place({ path }: Opened, piece: { line: number; code: string }): NodeSource {
    return { file: relative(this.root, path).split(sep).join("/"), ...piece };
  }

  /** Opens an imported file; null for a package. */
  async #import(from: Opened, specifier: string): Promise<Opened | null> {
    if (!specifier.startsWith(".")) return null;
    for (const ending of ENDINGS) {
      const opened = await this.#open(join(dirname(from.path), specifier + ending));
      if (opened !== null) return opened;
    }
    return null;
  }

  async #open(path: string): Promise<Opened | null> {
    const real = await realpath(path).catch(() => null);
    if (real === null || !real.startsWith(this.root + sep)) return null;
    const known = this.#opened.get(real);
    if (known !== undefined) return known;
    const opening = this.#read(real);
    this.#opened.set(real, opening);
    return opening;
  }

  /** Returns null for a file that cannot be read or parsed: the graph then shows the function's text at run time. */
  async #read(path: string): Promise<Opened | null> {
    try {
      const info = await stat(path);
      if (!info.isFile() || info.size > MAX_BYTES || !/\.[cm]?[jt]sx?$/.test(path)) return null;
      return { path, ...readSource(await Bun.file(path).text()) };
    } catch {
      return null;
    }
  }
}
