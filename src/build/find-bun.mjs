// Bun comes with `npm install` as a platform package. Its `bun` wrapper is put in place by a postinstall
// script, which npm may block, so the platform package's own binary is looked for first.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
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

/** The path of the Bun that `npm install` brought; undefined when it brought none for this machine. */
export function findBun() {
  return candidates().find(isBun);
}
