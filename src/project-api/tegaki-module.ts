import * as tegaki from "./tegaki.ts";

let isRegistered = false;

/**
 * From now on `import … from "tegaki"` in files that are loaded at run time gives the classes of this very program,
 * so that what they make is ours. Inside the executable no file of that name exists: Bun asks this plugin.
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
