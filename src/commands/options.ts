import { type Command, InvalidArgumentError, Option } from "commander";
import { addParams } from "../config/params.ts";
import type { ImageFiles } from "../datasets/images/read-images.ts";
import { MAX_CLASSES } from "../domain/classes.ts";
import type { ProjectOptions } from "../project/project.ts";

/** Adds the flags of every command that works in a project. */
export function withProject(command: Command): Command {
  return command
    .option("--dir <dir>", "project directory, with conf/local and data", ".")
    .option("-e, --env <name>", "environment: conf/<name> instead of conf/local")
    .option("--conf-source <dir>", "configuration folder, instead of conf in the project directory")
    .option("--params <list>", "parameters to override, as a.b=1,c=[1,2]; repeated flags add up", addParams);
}

/** Picks the flags of `withProject` from a command's options. */
export function projectOptions(options: ProjectOptions): ProjectOptions {
  const { dir, env, confSource, params } = options;
  return { dir, env, confSource, params };
}

/** Adds the flags of every command that reads a file of labelled images. */
export function withImageFile(command: Command): Command {
  return command
    .argument(
      "<file>",
      "NDJSON drawings, a pickle of (images, labels), IDX images with their labels next to them, or a CSV file of label and pixels; each also as .gz",
    )
    .option("--labels <file>", "the IDX labels, when they cannot be found by name")
    .option(
      "--label-offset <n>",
      "subtracted from labels that are numbers: 1 for EMNIST letters",
      labelOffset,
    )
    .option("--transpose", "exchange rows and columns of the images, for files like EMNIST's");
}

/** Picks the flags of `withImageFile` from a command's options. */
export function imageFiles(
  file: string,
  options: { labels?: string; labelOffset?: number; transpose?: boolean },
): ImageFiles {
  const { labels, labelOffset, transpose } = options;
  return { file, labels, labelOffset, isTransposed: transpose };
}

function labelOffset(value: string): number {
  const offset = Number(value);
  if (/^\d+$/.test(value) && offset <= MAX_CLASSES) return offset;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${MAX_CLASSES}.`);
}

/** The flag `--json`. */
export function jsonOption(): Option {
  return new Option("--json", "print the result as JSON");
}

/** Collects "a,b" and repeated flags into one list. */
export function collect(value: string, previous: string[] | undefined): string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [...(previous ?? []), ...names];
}

/** Parses a model version. @throws InvalidArgumentError unless it is a whole number from 1. */
export function modelVersion(value: string): number {
  const version = Number(value);
  if (!Number.isInteger(version) || version < 1) {
    throw new InvalidArgumentError("Expected a model version: a whole number from 1.");
  }
  return version;
}
