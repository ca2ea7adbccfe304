/** Elements that one chunk of an element-wise kernel covers, as in `wasm/reduce.as.ts`. */
export const SPAN = 16384;
