import { dirname, join, sep } from "node:path";
import type { UserFrame } from "../lib/thrown-error.ts";

/** A longer stack does not help its reader. */
const MAX_FRAMES = 12;
/** The sources of this program, which a project may contain when it is run from its own repository. */
const OWN_SOURCES = dirname(import.meta.dir) + sep;
const NAME = /^[\p{L}\p{N}_$.#]{1,100}$/u;

/**
 * Returns the part of an error's stack that is in a project's own files, the innermost call first. Calls within tegaki,
 * Bun and packages are left out. Lines and columns are those of the TypeScript source: Bun maps them.
 *
 * @param root the project directory, absolute and without symbolic links. It may contain any character.
 */
export function userFrames(error: unknown, root: string): UserFrame[] {
  if (!(error instanceof Error) || typeof error.stack !== "string") return [];
  const { stack, message } = error;
  // The message is part of the stack, and may look like a call.
  const start = typeof message === "string" && message !== "" ? stack.indexOf(message) + message.length : 0;
  const frames = stack
    .slice(Math.max(start, 0))
    .split(/\n\s*at /)
    .slice(1)
    .flatMap((call) => frameOf(call, root) ?? []);
  return frames.slice(0, MAX_FRAMES);
}

/** @param call `async load (/project/src/nodes.ts:8:12)`, or only the place. */
function frameOf(call: string, root: string): UserFrame | null {
  const at = call.indexOf(root + sep);
  const place = /^(.+):(\d+):(\d+)\)?\s*$/s.exec(at < 0 ? "" : call.slice(at + root.length + 1));
  if (place === null) return null;
  const [, path, line, column] = place;
  if (path!.split(sep).includes("node_modules") || join(root, path!).startsWith(OWN_SOURCES)) return null;
  const name = call
    .slice(0, at)
    .replace(/^async /, "")
    .replace(/ ?\($/, "");
  return {
    call: NAME.test(name) ? name : "",
    file: path!.split(sep).join("/"),
    line: Number(line),
    column: Number(column),
  };
}
