import { messageOf } from "../../lib/errors.ts";
import { PipelineError } from "../errors.ts";
import type { Hooks } from "./hooks.ts";

type ArgumentsOf<K extends keyof Hooks> = Parameters<NonNullable<Hooks[K]>>[0];

/** Awaits this hook of each registered object, in order. @returns what they returned, undefined left out. */
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
 * Tells hooks of an error that is on its way out.
 * @returns what to throw: the same error, or when a hook failed as well, one that names both.
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
