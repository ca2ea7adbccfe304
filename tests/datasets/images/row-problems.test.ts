import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readImages } from "../../../src/datasets/images/read-images.ts";
import { InputError } from "../../../src/lib/errors.ts";

const root = mkdtempSync(join(tmpdir(), "tegaki-problems-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function read(name: string, content: string, isTolerant: boolean) {
  const file = join(root, name);
  await Bun.write(file, content);
  const problems: { at: number; message: string }[] = [];
  const rows = readImages(
    { file },
    {
      ...{ classes: ["0", "7"], parts: "all", notice: () => {} },
      ...(isTolerant && { onProblem: (problem: (typeof problems)[number]) => problems.push(problem) }),
    },
  );
  const labels = (await Array.fromAsync(rows)).map(({ label }) => label);
  return {
    labels,
    problems: problems.map(({ at, message }) => `${at}: ${message.replaceAll(`${root}/`, "")}`),
  };
}

const pixels = (value: number) => Array.from({ length: 784 }, (_, i) => (i === 300 ? value : 0)).join(",");

describe("readImages() with onProblem", () => {
  const cases: [string, string, string, string[]][] = [
    [
      "csv",
      "a.csv",
      [`7,${pixels(200)}`, `8,${pixels(200)}`, `7,${pixels(300)}`, "7,1,2", `0,${pixels(90)}`].join("\n"),
      [
        '2: a.csv, line 2: expected a label of the classes 0, 7, found "8"',
        "3: a.csv, line 3: pixel values run from 0 to 300, expected 0 to 255",
        "4: a.csv, line 4: expected 785 fields, found 3",
      ],
    ],
    [
      "ndjson",
      "a.ndjson",
      [
        '{"label":"7","w":9,"h":9,"strokes":[[[1,1],[8,8]]]}',
        '{"label":"x","w":9,"h":9,"strokes":[[[1,1],[8,8]]]}',
        '{"label":"7"',
        '{"label":"7","pixels":[1,2]}',
        '{"label":"0","w":9,"h":9,"strokes":[[[1,8],[8,1]]]}',
      ].join("\n"),
      [
        '2: a.ndjson, line 2: expected a label of the classes 0, 7, found "x"',
        "3: Cannot read a.ndjson, line 3: ",
        "4: Cannot read a.ndjson, line 4: pixels: expected 784 numbers (28 rows of 28), found 2 values",
      ],
    ],
    [
      "Label Studio",
      "a.json",
      JSON.stringify([
        task("7"),
        task("9"),
        { data: { image: "http://example.org/a.png" }, annotations: [] },
        { ...task("7"), annotations: [] },
        task("0"),
      ]),
      [
        '1: a.json, task 1: expected a label of the classes 0, 7, found "9"',
        '2: a.json, task 2: data: expected the image as a data URL of a PNG, found "http://example.org/a.png"',
        "3: a.json, task 3: annotations: expected one choice, found none",
      ],
    ],
  ];

  test.each(cases)(
    "names the rows of a %s file that cannot be read, and reads the others",
    async (_, name, content, expected) => {
      const { labels, problems } = await read(name, content, true);
      expect(labels).toEqual(["7", "0"]);
      expect(problems).toHaveLength(3);
      for (const [n, start] of expected.entries()) expect(problems[n]).toStartWith(start);
    },
  );

  test.each(cases)("without it, the first such row of a %s file is thrown", async (_, name, content) => {
    const error = await read(name, content, false).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
  });
});

function task(choice: string) {
  // A grey pixel, 1 × 1.
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
  return {
    data: { image: `data:image/png;base64,${png}` },
    annotations: [{ result: [{ type: "choices", value: { choices: [choice] } }] }],
  };
}
