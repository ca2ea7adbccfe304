import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import type { RunCause } from "../domain/runs/run.ts";
import { PipelineError, RunCancelledError } from "../engine/errors.ts";
import type { NodeSource } from "../engine/pipeline/node-source.ts";
import { messageOf, saysOf, TegakiError } from "../lib/errors.ts";
import { HIDDEN } from "../lib/hide-secrets.ts";
import type { Saying, Sentence } from "../lib/saying.ts";
import type { ThrownError, UserFrame } from "../lib/thrown-error.ts";
import type { Project } from "../project/project.ts";
import { secretsOf } from "../project/secrets.ts";
import { userFrames } from "../project/user-frames.ts";

/** Limit of recorded causes: errors may be each other's cause. */
const MAX_CAUSES = 10;

/** Where failures of a run happened. */
export interface RunFailuresOptions {
  project: Pick<Project, "dir" | "credentials">;
  /** Returns the source of the function of a node; null when it is not known. */
  definitionOf(node: string): Promise<NodeSource | null>;
}

/**
 * The errors of one run as its record has them: with the user's part of the stack, and without the project directory's
 * path or the secrets of its credentials in messages.
 */
export class RunFailures {
  readonly #root: string;
  readonly #secrets: readonly string[];
  readonly #definitionOf: RunFailuresOptions["definitionOf"];
  readonly #byNode = new Map<string, Promise<RunCause[]>>();

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor has no #.
  private constructor(root: string, { project, definitionOf }: RunFailuresOptions) {
    this.#root = root;
    this.#secrets = secretsOf(project.credentials);
    this.#definitionOf = definitionOf;
  }

  /** The project directory must exist. */
  static async create(options: RunFailuresOptions): Promise<RunFailures> {
    return new RunFailures(await realpath(options.project.dir), options);
  }

  /** Returns the message of an error, and the same as data. */
  sentenceOf(error: unknown): Sentence {
    const says = saysOf(error);
    return {
      message: this.#clean(messageOf(error)),
      says: says === undefined ? undefined : this.#cleanSaying(says),
    };
  }

  /**
   * Returns what a node threw, with its causes, to be shown. When the stack lacks the node's own function, as when a
   * string is thrown, or when its last act was a call, which JavaScript forgets, the place where it begins comes last.
   * Undefined when the message is written for users: it needs no place.
   */
  async shownBy(node: string, error: unknown): Promise<ThrownError[] | undefined> {
    const known = this.#byNode.get(node) ?? this.#findThrown(node, error);
    this.#byNode.set(node, known);
    const thrown = await known;
    if (thrown.every(({ frames }) => frames.length === 0)) return undefined;
    return thrown.map(({ name, message, frames }) => ({ name, message, frames }));
  }

  /** Returns the causes of a run's error: what its nodes threw, or, when no node failed, the error's own causes. */
  async causesOf(error: unknown): Promise<RunCause[]> {
    const thrown = (await Promise.all(this.#byNode.values())).flat();
    return thrown.length > 0 ? thrown : this.#chainOf(causesIn(error), null);
  }

  async #findThrown(node: string, error: unknown): Promise<RunCause[]> {
    const chain = this.#chainOf([error], node);
    const isForUsers = error instanceof TegakiError && !(error instanceof PipelineError);
    if (isForUsers || error instanceof RunCancelledError) return chain.map((one) => ({ ...one, frames: [] }));
    const definition = await this.#definitionOf(node).catch(() => null);
    return chain.map((one, i) =>
      i === 0 ? { ...one, frames: withDefinition(one.frames, definition) } : one,
    );
  }

  /** The errors, each followed by its own causes. */
  #chainOf(errors: readonly unknown[], node: string | null, seen = new Set<unknown>()): RunCause[] {
    return errors.flatMap((error) => {
      if (seen.has(error) || seen.size >= MAX_CAUSES) return [];
      seen.add(error);
      return [this.#causeOf(error, node), ...this.#chainOf(causesIn(error), node, seen)];
    });
  }

  #causeOf(thrown: unknown, node: string | null): RunCause {
    const isError = thrown instanceof Error;
    return {
      node,
      name: isError ? String(thrown.name) : thrown === null ? "null" : typeof thrown,
      message: this.#clean(messageOf(thrown)),
      frames: userFrames(thrown, this.#root),
      stack: isError ? (thrown.stack ?? null) : null,
    };
  }

  #cleanSaying({ key, figures }: Saying): Saying {
    const clean = (value: Saying["figures"][string]) =>
      typeof value === "string"
        ? this.#clean(value)
        : typeof value === "object"
          ? this.#cleanSaying(value)
          : value;
    return {
      key,
      figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, clean(value)])),
    };
  }

  #clean(message: string): string {
    const safe = this.#secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), message);
    return safe.replaceAll(this.#root + sep, "");
  }
}

/** Adds the place where a node's function begins, unless one of the calls is in it. */
function withDefinition(frames: readonly UserFrame[], definition: NodeSource | null): readonly UserFrame[] {
  if (definition === null || definition.line === null) return frames;
  const { file, line, code } = definition;
  const end = line + code.split("\n").length;
  const isInside = (frame: UserFrame) => frame.file === file && frame.line >= line && frame.line < end;
  return frames.some(isInside) ? frames : [...frames, { call: "", file, line, column: null }];
}

function causesIn(error: unknown): readonly unknown[] {
  const several: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return several;
  return cause instanceof AggregateError ? [...several, ...cause.errors] : [...several, cause];
}
