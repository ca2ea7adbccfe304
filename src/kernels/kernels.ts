// What the folder offers to a program that uses it as a module of its own; see README.md.

export { type Backend, type BackendOptions, initBackend } from "./init-backend.ts";
export * from "./own-operations.ts";
export * as tf from "./tf.ts";
export { KernelPoolError } from "./thread-pool/thread-pool.ts";
