/** `import path from "x.wasm" with { type: "file" }` imports the path of the file: on disk, or inside the executable. */
declare module "*.wasm" {
  const path: string;
  export default path;
}
