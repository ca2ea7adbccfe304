// What the folder offers to a program that uses it as a module of its own; see README.md.
export * from "./ops.ts";
export { KernelPoolError } from "./pool.ts";
export { type Backend, type BackendOptions, initBackend } from "./register.ts";
export * as tf from "./tf.ts";
