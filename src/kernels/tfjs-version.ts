/** The version of the bundled TensorFlow.js, from its package.json, so that TensorFlow.js need not be loaded. */
export { version as TFJS_VERSION } from "@tensorflow/tfjs-core/package.json";
