/** `import path from "x.wasm" with { type: "file" }` gives where the bytes are: on disk, or inside the executable. */
declare module "*.wasm" {
  const path: string;
  export default path;
}
