// The public interface of the folder, for programs that use it as a separate module; see README.md.

export { type Backend, type BackendOptions, initBackend } from "./init-backend.ts";
export * from "./own-operations.ts";
export * as tf from "./tf.ts";
export { KernelPoolError } from "./thread-pool/thread-pool.ts";
