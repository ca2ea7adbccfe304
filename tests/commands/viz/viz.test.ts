import { expect, test } from "bun:test";
import type { Application } from "../../../src/commands/application.ts";
import { runProgram } from "../../../src/commands/program.ts";
import type { VizOptions } from "../../../src/commands/viz/build-site.ts";
import { UsageError } from "../../../src/lib/errors.ts";
import type { ServeOptions } from "../../../src/server/serve.ts";

async function run(argv: string[], app: Partial<Application>) {
  const printed = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      printed.out += text;
    },
    err: (text: string) => {
      printed.err += text;
    },
    isInteractive: false,
  };
  const code = await runProgram(argv, { version: "9.9.9", ...app } as Application, terminal);
  return { code, ...printed };
}

const SITE = { dir: "/p/site", page: "/p/site/index.html", files: ["index.html"], pipelines: ["a", "b"] };

test("tegaki viz run serves and opens the graph, of one pipeline when it is named", async () => {
  const calls: ServeOptions[] = [];
  const serve = async (options: ServeOptions) => void calls.push(options);
  expect((await run(["viz", "run"], { serve })).code).toBe(0);
  await run(["viz", "run", "-p", "my pipeline", "--http", "127.0.0.1:1", "--no-browser", "--load-code"], {
    serve,
  });
  expect(calls).toMatchObject([
    { open: true, shown: null, canLoadCode: false },
    { open: false, shown: "my pipeline", http: "127.0.0.1:1", canLoadCode: true },
  ]);
});

test("tegaki viz build writes the site, says where it is, and names broken pipelines", async () => {
  const calls: VizOptions[] = [];
  const buildViz = async (options: VizOptions) => {
    calls.push(options);
    options.onBroken?.({ name: "bad", problem: "line 3: no such node" });
    return SITE;
  };
  const { code, out, err } = await run(["viz", "build", "--output", "site", "--include-previews"], {
    buildViz,
  });
  expect([code, calls[0]?.output, calls[0]?.hasPreviews]).toEqual([0, "site", true]);
  expect(out).toBe("The graph of 2 pipelines is in /p/site: open /p/site/index.html\n");
  expect(err).toContain('pipeline "bad" is left out: line 3: no such node');
  expect(JSON.parse((await run(["viz", "build", "--json"], { buildViz })).out)).toEqual(SITE);
  expect(calls[1]).toMatchObject({ output: "build", hasPreviews: false });
});

test("tegaki viz build ends with 2 when the folder has another program's page, and for an unknown flag", async () => {
  const buildViz = () => Promise.reject(new UsageError("Choose another folder"));
  expect(await run(["viz", "build"], { buildViz })).toMatchObject({
    code: 2,
    err: "tegaki: Choose another folder\n",
  });
  expect((await run(["viz", "build", "--out"], { buildViz })).code).toBe(2);
});
