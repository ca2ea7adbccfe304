import { ModelLoadError } from "../errors.ts";
import type { Activation, LayerSpec, NetworkSpec, Padding, Size } from "./layer-spec.ts";

/** Largest number of rows, and of columns, of a model's input, in pixels. */
export const MAX_SIDE_PX = 256;
const MAX_LAYERS = 64;
const MAX_UNITS = 1_000_000;
const MAX_WINDOW = MAX_SIDE_PX;

type Json = Record<string, unknown>;

/**
 * Parses the network of a Keras-style topology, as `model.toJSON()` of tfjs writes it: a Sequential model of Conv2D,
 * MaxPooling2D, Dropout, Flatten and Dense on images of one channel. An option that is unknown, or has a value that
 * tegaki does not support, is rejected rather than ignored.
 *
 * @throws {ModelLoadError} naming the layer and the option.
 */
export function readTopology(topology: unknown): NetworkSpec {
  const root = object(topology, "modelTopology");
  if (root.class_name !== "Sequential") {
    fail(`its kind is ${show(root.class_name)}, expected "Sequential"`);
  }
  const entries = object(root.config, "modelTopology.config").layers;
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > MAX_LAYERS) {
    fail(`expected 1 to ${MAX_LAYERS} layers, found ${Array.isArray(entries) ? entries.length : "none"}`);
  }
  const layers = entries.map((entry: unknown, i) => readLayer(entry, i));
  const names = new Set(layers.map(({ name }) => name));
  if (names.size !== layers.length) fail("two of its layers have the same name");
  const { rows, cols } = readInput(object(entries[0], "layers[0]").config as Json);
  return { rows, cols, layers };
}

function readInput(config: Json): { rows: number; cols: number } {
  const shape = config.batch_input_shape;
  if (!Array.isArray(shape) || shape.length !== 4 || shape[3] !== 1) {
    fail(`its input must be [null, rows, cols, 1], found ${show(shape)}`);
  }
  return {
    rows: integer(shape[1], "the input's rows", 1, MAX_SIDE_PX),
    cols: integer(shape[2], "the input's cols", 1, MAX_SIDE_PX),
  };
}

function readLayer(entry: unknown, index: number): LayerSpec {
  const { class_name: type, config: rawConfig } = object(entry, `layers[${index}]`);
  const config = object(rawConfig, `layers[${index}].config`);
  const name = config.name;
  if (typeof name !== "string" || !/^[\w.-]{1,64}$/.test(name)) {
    fail(`layers[${index}] is named ${show(name)}: expected up to 64 letters, digits, "_", "." or "-"`);
  }
  const at = `layer "${name}"`;
  switch (type) {
    case "Conv2D":
      requireValue(config, "use_bias", true, at);
      requireValue(config, "data_format", "channels_last", at);
      requireValue(config, "dilation_rate", [1, 1], at);
      requireValue(config, "groups", 1, at);
      return {
        type,
        name,
        filters: integer(config.filters, `${at}: filters`, 1, MAX_UNITS),
        kernelSize: size(config.kernel_size, `${at}: kernel_size`),
        strides: size(config.strides, `${at}: strides`),
        padding: padding(config.padding, at),
        activation: activation(config.activation, at),
      };
    case "MaxPooling2D":
      requireValue(config, "data_format", "channels_last", at);
      return {
        type,
        name,
        poolSize: size(config.pool_size, `${at}: pool_size`),
        strides: size(config.strides, `${at}: strides`),
        padding: padding(config.padding, at),
      };
    case "Dropout":
      if (typeof config.rate !== "number" || !(config.rate >= 0 && config.rate < 1)) {
        fail(`${at}: rate must be from 0 to below 1, found ${show(config.rate)}`);
      }
      return { type, name, rate: config.rate };
    case "Flatten":
      requireValue(config, "data_format", "channels_last", at);
      return { type, name };
    case "Dense":
      requireValue(config, "use_bias", true, at);
      return {
        type,
        name,
        units: integer(config.units, `${at}: units`, 1, MAX_UNITS),
        activation: activation(config.activation, at),
      };
    default:
      return fail(`${at} is of unknown type ${show(type)}`);
  }
}

function size(value: unknown, at: string): Size {
  if (!Array.isArray(value) || value.length !== 2) fail(`${at} must be two numbers, found ${show(value)}`);
  return [integer(value[0], at, 1, MAX_WINDOW), integer(value[1], at, 1, MAX_WINDOW)];
}

function padding(value: unknown, at: string): Padding {
  if (value !== "valid" && value !== "same") fail(`${at}: unknown padding ${show(value)}`);
  return value;
}

function activation(value: unknown, at: string): Activation {
  if (value !== "linear" && value !== "relu" && value !== "softmax") {
    fail(`${at}: unknown activation ${show(value)}`);
  }
  return value;
}

function integer(value: unknown, at: string, min: number, max: number): number {
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    fail(`${at} must be a whole number from ${min} to ${max}, found ${show(value)}`);
  }
  return value as number;
}

/** An absent option is allowed: its default is the expected value. */
function requireValue(config: Json, option: string, expected: unknown, at: string): void {
  const found = config[option];
  if (found === undefined || found === null) return;
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    fail(`${at}: ${option} must be ${show(expected)}, found ${show(found)}`);
  }
}

function object(value: unknown, at: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    fail(`${at} must be an object, found ${show(value)}`);
  }
  return value as Json;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 60);
}

function fail(reason: string): never {
  throw new ModelLoadError(`Cannot load the model: ${reason}`);
}
