// Runs Bun with the arguments given: `node src/build/bun.mjs test`.
//
// Bun comes with `npm install` as a platform package. Its `bun` wrapper is put in place by a postinstall
// script, which npm may block, so the platform package's own binary is looked for first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const executable = process.platform === "win32" ? "bun.exe" : "bun";
/** The wrapper's placeholder is a short script; a real Bun is some 100 MB. */
const SMALLEST_BUN_BYTES = 10_000_000;

function candidates() {
  const scope = join(modules, "@oven");
  const platform = `bun-${process.platform === "win32" ? "windows" : process.platform}-`;
  const packages = existsSync(scope) ? readdirSync(scope).filter((name) => name.startsWith(platform)) : [];
  return [
    ...packages.map((name) => join(scope, name, "bin", executable)),
    join(modules, "bun", "bin", "bun.exe"),
    join(modules, "bun", "bin", "bun"),
  ];
}

/** True when it is really Bun for this machine: a musl build, say, exists but does not start on glibc. */
function isBun(path) {
  if (!existsSync(path) || statSync(path).size < SMALLEST_BUN_BYTES) return false;
  return spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

const bun = candidates().find(isBun);
if (bun === undefined) {
  console.error(
    `No Bun for ${process.platform}-${process.arch} under node_modules. Run "npm install" (with optional dependencies) first.`,
  );
  process.exit(1);
}

const child = spawn(bun, process.argv.slice(2), { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
