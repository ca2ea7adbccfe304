/** The version of TensorFlow.js that is bundled, by its own package. Known without loading it. */
export { version as TFJS_VERSION } from "@tensorflow/tfjs-core/package.json";
