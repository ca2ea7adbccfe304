// Runs Bun with the arguments given: `node src/build/bun.mjs test`.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findBun } from "./find-bun.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bun = findBun();
if (bun === undefined) {
  console.error(
    `No Bun for ${process.platform}-${process.arch} under node_modules. Run "npm install" (with optional dependencies) first.`,
  );
  process.exit(1);
}

const child = spawn(bun, process.argv.slice(2), { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // A terminal's Ctrl-C reaches the child as well; a second one would cut it short.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
