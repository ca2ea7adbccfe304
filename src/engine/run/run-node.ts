import type { DataCatalog } from "../catalog/catalog.ts";
import { takesContext } from "../pipeline/arity.ts";
import { bindInputs, bindOutputs } from "../pipeline/binding.ts";
import { lostValues } from "../pipeline/lost-values.ts";
import type { Node } from "../pipeline/node.ts";
import type { NodeContext } from "../pipeline/node-spec.ts";
import { callHooks, reportError } from "./call-hooks.ts";
import { isGeneratorFunction, saveChunks } from "./chunks.ts";
import type { Hooks } from "./hooks.ts";
import { openNodeContext } from "./node-context.ts";
import { withinGrace } from "./within-grace.ts";

/** Everything that a node needs to run. */
export interface NodeEnvironment {
  catalog: DataCatalog;
  hooks: readonly Hooks[];
  signal: AbortSignal;
  /** Milliseconds that a function may still take once the signal is aborted. */
  graceMs: number;
  /** Milliseconds on any monotonic clock. */
  now(): number;
}

/**
 * Runs one node: loads its inputs, calls its function and saves its outputs, with the hooks in Kedro's order
 * (`after_node_run` before the outputs are saved; for a generator function, after). All runners use this.
 * @throws the original error, after `on_node_error`.
 */
export async function runNode(node: Node, environment: NodeEnvironment): Promise<void> {
  try {
    const inputs = await loadInputs(node, environment);
    if (isGeneratorFunction(node.func)) await streamOutputs(node, inputs, environment);
    else await saveOutputs(node, await callFunction(node, inputs, environment), environment);
    await callHooks(environment.hooks, "on_node_saved", { node: node.name });
  } catch (error) {
    throw await reportError(environment.hooks, "on_node_error", { node: node.name, error });
  }
}

async function loadInputs(node: Node, { catalog, hooks }: NodeEnvironment): Promise<Record<string, unknown>> {
  // Without a prototype: a dataset may be called "__proto__".
  const inputs: Record<string, unknown> = Object.create(null);
  for (const dataset of node.inputs) {
    await callHooks(hooks, "before_dataset_loaded", { dataset, node: node.name });
    const notices: string[] = [];
    const data = await catalog.load(
      dataset,
      (message) => void notices.push(`dataset "${dataset}": ${message}`),
    );
    for (const message of notices) await callHooks(hooks, "on_node_log", { node: node.name, message });
    inputs[dataset] = data;
    await callHooks(hooks, "after_dataset_loaded", { dataset, data, node: node.name });
  }
  const replacements = await callHooks(hooks, "before_node_run", { node: node.name, inputs });
  return Object.assign(inputs, ...replacements);
}

async function callFunction(
  node: Node,
  inputs: Record<string, unknown>,
  { hooks, signal, graceMs, now }: NodeEnvironment,
): Promise<Record<string, unknown>> {
  const { context, close } = openNodeContext(node.name, hooks, signal);
  const start = now();
  const call = async () => node.func(...argumentsOf(node, inputs, context));
  const finish = async () => {
    const result = await withinGrace(call(), signal, graceMs);
    for (const { message, says } of lostValues(node, result)) context.log(message, says);
    return bindOutputs(node, result);
  };
  const outputs = await settle(finish, close);
  const durationMs = now() - start;
  await callHooks(hooks, "after_node_run", { node: node.name, inputs, outputs, durationMs });
  return outputs;
}

/** The inputs, and the context if the function requires an argument for it. */
function argumentsOf(node: Node, inputs: Record<string, unknown>, context: NodeContext): unknown[] {
  const values = bindInputs(node, inputs);
  return takesContext(node) ? [...values, context] : values;
}

async function streamOutputs(
  node: Node,
  inputs: Record<string, unknown>,
  environment: NodeEnvironment,
): Promise<void> {
  const { hooks, signal, now } = environment;
  const { context, close } = openNodeContext(node.name, hooks, signal);
  const start = now();
  const open = () => node.func(...argumentsOf(node, inputs, context)) as Iterator<unknown>;
  const save = (outputs: Record<string, unknown>) => saveOutputs(node, outputs, environment);
  const told = new Set<string>();
  // Once each: a generator may yield thousands of values.
  const inspect = (value: unknown) => {
    for (const { message, says } of lostValues(node, value)) {
      if (!told.has(message)) context.log(message, says);
      told.add(message);
    }
  };
  const outputs = await settle(() => saveChunks(node, open, { save, inspect }, environment), close);
  const durationMs = now() - start;
  await callHooks(hooks, "after_node_run", { node: node.name, inputs, outputs, durationMs });
}

/** Closes even when `call` fails; that error then takes precedence over one from closing. */
async function settle<T>(call: () => Promise<T>, close: () => Promise<void>): Promise<T> {
  let result: T;
  try {
    result = await call();
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  await close();
  return result;
}

async function saveOutputs(
  node: Node,
  outputs: Record<string, unknown>,
  { catalog, hooks }: NodeEnvironment,
): Promise<void> {
  for (const [dataset, data] of Object.entries(outputs)) {
    await callHooks(hooks, "before_dataset_saved", { dataset, data, node: node.name });
    await catalog.save(dataset, data);
    await callHooks(hooks, "after_dataset_saved", { dataset, data, node: node.name });
  }
}
