import * as tegaki from "./tegaki.ts";

let isRegistered = false;

/**
 * Makes `import … from "tegaki"` in files loaded at run time resolve to the classes of this program, so that their
 * objects are instances of the same classes. The executable has no file of that name: Bun resolves it with this plugin.
 */
export function registerProjectApi(): void {
  if (isRegistered) return;
  Bun.plugin({
    name: "tegaki",
    setup(build) {
      build.module("tegaki", () => ({ exports: { ...tegaki }, loader: "object" }));
    },
  });
  isRegistered = true;
}
