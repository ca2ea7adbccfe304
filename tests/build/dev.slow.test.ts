import { afterEach, beforeEach, expect, test } from "bun:test";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAssets } from "../../src/build/assets.ts";
import { until } from "../support/executable.ts";

const ROOT = join(import.meta.dir, "../..");
/** The files that `npm run dev` reads; node_modules is linked. */
const COPIED = ["src", "views", "conf", "build", "package.json", "package-lock.json", "tsconfig.json"];
/** Timeout for several starts on a busy machine. */
const SEVERAL_STARTS_MS = 60_000;

let copy = "";
let url = "";
let dev: Bun.Subprocess<"ignore", "pipe", "pipe">;
let printed = "";

beforeEach(async () => {
  await buildAssets();
  copy = await mkdtemp(join(tmpdir(), "tegaki-dev-"));
  await Promise.all(COPIED.map((name) => cp(join(ROOT, name), join(copy, name), { recursive: true })));
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const http = `127.0.0.1:${freePort()}`;
  url = `http://${http}`;
  dev = Bun.spawn([process.execPath, "src/build/dev.ts", "--http", http], {
    cwd: copy,
    stdio: ["ignore", "pipe", "pipe"],
  });
  printed = "";
  for (const stream of [dev.stdout, dev.stderr]) void follow(stream);
  await untilServed("/", "Handwriting recognition");
}, SEVERAL_STARTS_MS);
afterEach(async () => {
  dev.kill("SIGTERM");
  await dev.exited;
  await rm(copy, { recursive: true, force: true });
});

async function follow(stream: ReadableStream<Uint8Array>) {
  const decoder = new TextDecoder();
  for await (const chunk of stream) printed += decoder.decode(chunk, { stream: true });
}

function freePort(): number {
  const probe = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const port = probe.port!;
  void probe.stop(true);
  return port;
}

/** The text of a page or an asset; null when the server is down. */
const get = (path: string) =>
  fetch(`${url}${path}`)
    .then((response) => response.text())
    .catch(() => null);
const untilServed = (path: string, text: string) =>
  until(
    () => get(path),
    (body) => body?.includes(text) === true,
  );
const untilPrinted = (text: string) =>
  until(
    async () => printed,
    (all) => all.includes(text),
  );
const read = (path: string) => Bun.file(join(copy, path)).text();
const write = (path: string, text: string) => Bun.write(join(copy, path), text);

test(
  "npm run dev serves what views, styles and the server's code say now, after each change",
  async () => {
    const first = await get("/assets/dev-started.txt");
    await write("views/i18n/en.ts", (await read("views/i18n/en.ts")).replaceAll('"Draw"', '"Scribble"'));
    await untilServed("/", "Scribble");
    expect(await get("/assets/dev-started.txt")).not.toBe(first);
    expect(await get("/assets/pages.js")).toContain("/assets/dev-started.txt");

    await write("views/assets/styles/dev-test.css", "");
    const style = await read("views/assets/style.css");
    await write("views/assets/style.css", `${style}@import "./styles/dev-test.css";\n`);
    await write("views/assets/styles/dev-test.css", ".changed-in-test { color: red }");
    await untilServed("/assets/style.css", ".changed-in-test");

    const health = await read("src/http/api/health.ts");
    await write("src/http/api/health.ts", health.replaceAll('"live" as const', '"alive" as "live"'));
    await untilServed("/livez", "alive");
  },
  SEVERAL_STARTS_MS,
);

test(
  "npm run dev says that a change does not compile, and serves again once it does",
  async () => {
    const script = await read("views/assets/pages.ts");
    await write("views/assets/pages.ts", "const = ;");
    await untilPrinted("dev: Cannot build the page's files. Waiting for the next change");
    expect(await get("/livez")).toContain("live");
    await write("views/assets/pages.ts", `${script}\nconsole.log("mended script");`);
    await untilServed("/assets/pages.js", "mended script");

    const app = await read("src/http/app.ts");
    await write("src/http/app.ts", "const = ;");
    await untilPrinted("dev: The server ended with exit code 1. Waiting for the next change");
    expect(await get("/livez")).toBeNull();
    await write("src/http/app.ts", app);
    await untilServed("/livez", "live");
  },
  SEVERAL_STARTS_MS,
);

test("npm run dev stops with its server on SIGINT", async () => {
  dev.kill("SIGINT");
  expect(await dev.exited).toBe(0);
  expect(await get("/livez")).toBeNull();
});

test("the server of npm run dev ends when it is killed", async () => {
  dev.kill("SIGKILL");
  expect(
    await until(
      () => get("/livez"),
      (body) => body === null,
    ),
  ).toBeNull();
});
