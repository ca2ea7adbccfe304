// `npm install` runs this at its end: it makes build/, so that `bun src/main.ts` and the tests run right away.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findBun } from "./find-bun.mjs";

const bun = findBun();
if (bun === undefined) {
  console.log(
    `tegaki: build/ is not made, because Bun is not installed. Run "npm install" without --omit to have both.`,
  );
} else {
  console.log("tegaki: making build/ (training kernels, pages, MNIST), which takes 10 to 20 seconds …");
  const assets = fileURLToPath(new URL("assets.ts", import.meta.url));
  process.exitCode = spawnSync(bun, [assets], { stdio: "inherit" }).status ?? 1;
}
