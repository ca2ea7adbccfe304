import { expect, test } from "bun:test";
import { assign } from "../../src/config/assignments.ts";
import { readEnvironment } from "../../src/config/environment.ts";
import type { Problem } from "../../src/config/errors.ts";
import { emptyMapping, toPlain } from "../../src/config/tree.ts";

function read(environ: Record<string, string | undefined>) {
  const problems: Problem[] = [];
  const { parameters, server } = readEnvironment(environ, problems);
  const plain = (assignments: typeof server) => toPlain(assign(emptyMapping(), assignments, problems));
  return { parameters: plain(parameters), server: plain(server), problems };
}

test("readEnvironment() nests by double underscores and reads values as YAML", () => {
  const { parameters, server, problems } = read({
    TEGAKI_SERVER__HTTP: "0.0.0.0:80",
    TEGAKI_SERVER__GATE__MIN_SAMPLES: "5",
    TEGAKI_SERVER__GATE__THRESHOLD: "0.5",
    TEGAKI_PARAMETERS__TUNING_LAYER: "[dense, -1]",
  });
  expect(server).toEqual({ http: "0.0.0.0:80", gate: { min_samples: 5, threshold: 0.5 } });
  expect(parameters).toEqual({ tuning_layer: ["dense", -1] });
  expect(problems).toEqual([]);
});

test("readEnvironment() ignores empty values and names without a double underscore", () => {
  const { parameters, server, problems } = read({
    PATH: "/bin",
    TEGAKI_HOME: "x",
    TEGAKI_SERVER__HTTP: "",
    X__Y: "1",
  });
  expect({ parameters, server, problems }).toEqual({ parameters: {}, server: {}, problems: [] });
});

test.each(["TEGAKI_CATALOG__X__TYPE", "TEGAKI___HTTP", "TEGAKI_SERVER__", "TEGAKI_SERVER____HTTP"])(
  "readEnvironment() refuses %s",
  (name) => {
    expect(read({ [name]: "1" }).problems).toEqual([
      {
        origin: expect.objectContaining({ source: name, position: null }),
        message: "expected TEGAKI_PARAMETERS__<KEY> or TEGAKI_SERVER__<KEY>",
      },
    ]);
  },
);

test("readEnvironment() names the variable whose value is malformed", () => {
  expect(read({ TEGAKI_SERVER__GATE: "{threshold: " }).problems[0]?.origin.source).toBe(
    "TEGAKI_SERVER__GATE",
  );
});
