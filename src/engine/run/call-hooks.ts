import { messageOf } from "../../lib/errors.ts";
import { PipelineError } from "../errors.ts";
import type { Hooks } from "./hooks.ts";

type ArgumentsOf<K extends keyof Hooks> = Parameters<NonNullable<Hooks[K]>>[0];

/** Awaits one hook of each registered object, in order. @returns their results, except undefined. */
export async function callHooks<K extends keyof Hooks>(
  hooks: readonly Hooks[],
  name: K,
  args: ArgumentsOf<K>,
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const hook of hooks) {
    if (hook[name] === undefined) continue;
    const result = await (hook[name] as (args: ArgumentsOf<K>) => unknown).call(hook, args);
    if (result !== undefined) results.push(result);
  }
  return results;
}

/**
 * Reports an error to the hooks before it is thrown.
 * @returns the error to throw: the same one, or, when a hook failed as well, one that names both.
 */
export async function reportError<K extends "on_node_error" | "on_pipeline_error">(
  hooks: readonly Hooks[],
  name: K,
  args: ArgumentsOf<K>,
): Promise<unknown> {
  try {
    await callHooks(hooks, name, args);
    return args.error;
  } catch (hookError) {
    const message = `${messageOf(args.error)}; then hook ${name} failed: ${messageOf(hookError)}`;
    return new PipelineError(message, { cause: args.error });
  }
}
