import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
/** Bun reads JSX settings only from the tsconfig.json of the working directory; a file's own take precedence. */
const PRAGMA = "/** @jsxRuntime automatic @jsxImportSource hono/jsx */\n";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tegaki-anywhere-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["no tsconfig.json", null],
  ["a tsconfig.json for React", { jsx: "react-jsx", jsxImportSource: "react" }],
  ["a tsconfig.json for another JSX function", { jsx: "react", jsxFactory: "h" }],
])("bun src/main.ts renders pages in a working directory with %s", async (_, compilerOptions) => {
  if (compilerOptions !== null) {
    await Bun.write(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  }
  const command = [process.execPath, join(ROOT, "src/main.ts"), "viz", "build", "--output", "site"];
  const child = Bun.spawn(command, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  expect(await new Response(child.stderr).text()).toBe("");
  expect(await child.exited).toBe(0);
  expect(await Bun.file(join(folder, "site/index.html")).text()).toContain("<svg");
});

test("every file with JSX in src and views starts with its JSX settings", async () => {
  const files = await Array.fromAsync(new Bun.Glob("{src,views}/**/*.tsx").scan({ cwd: ROOT }));
  expect(files.length).toBeGreaterThan(50);
  const isLacking = async (file: string) => !(await Bun.file(join(ROOT, file)).text()).startsWith(PRAGMA);
  const lacking = await Promise.all(files.map(async (file) => ((await isLacking(file)) ? [file] : [])));
  expect(lacking.flat()).toEqual([]);
});
