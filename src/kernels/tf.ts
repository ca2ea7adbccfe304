/**
 * The only import of TensorFlow.js: core with all gradients and chained ops, and the layers API.
 *
 * The umbrella package is avoided on purpose: it contains the WebGL and CPU backends, the data API and the
 * graph-model converter, which cost start-up time and are never used. `initBackend` adds a backend.
 */
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";

export * from "@tensorflow/tfjs-core";
export * from "@tensorflow/tfjs-layers";
