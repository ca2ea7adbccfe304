import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "../../../src/kernels/tf.ts";
import { loadTfjsModule } from "../../../src/kernels/tfjs-module.ts";
import { registerComposedFilterGradient } from "./composed-filter-gradient.ts";

/** Starts tfjs's unchanged wasm backend, with the one kernel that it lacks composed of its own operations. */
export async function initStockBackend(): Promise<void> {
  const module = await loadTfjsModule(new WebAssembly.Memory({ initial: 256, maximum: 32768, shared: true }));
  tf.removeBackend("wasm");
  registerComposedFilterGradient();
  tf.registerBackend("wasm", () => new BackendWasm(module as never), 3);
  await tf.setBackend("wasm");
}
