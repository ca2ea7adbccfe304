/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { expect, test } from "bun:test";
import type { ImportPreview } from "../../../../src/domain/samples/sample-files.ts";
import { ImportPreviewView } from "../../../../views/fragments/samples/import-preview.tsx";
import { textIn } from "../../../../views/i18n/text.ts";

const NOTHING: ImportPreview = {
  ...{ files: ["digits.csv"], bytes: 12, kind: "csv", rows: 0, unlabelled: 0, blank: 0, labels: [] },
  ...{ inverted: 0, scaled: 0, problems: 3, named: [], conflicts: 0, namedConflicts: [], images: [] },
  refusal: null,
};

function draw(language: "en" | "ja", change: Partial<ImportPreview>): string {
  const preview = { ...NOTHING, ...change };
  const choices = { onConflict: "fail" as const, writer: null, labelOffset: null, isTransposed: false };
  return String(
    <ImportPreviewView text={textIn(language)} id="u" preview={preview} choices={choices} sprite="" />,
  );
}

test.each([
  ["en", "<dt>Ink</dt>", "Light on dark"],
  ["ja", "<dt>インク</dt>", "暗い地に明るいインク"],
] as const)(
  "ImportPreviewView() says nothing of the ink of a file of which no row can be read, in %s",
  (language, name, light) => {
    expect(draw(language, {})).not.toContain(name);
    expect(draw(language, {})).not.toContain(light);
    for (const read of [{ rows: 1 }, { unlabelled: 1 }])
      expect(draw(language, read)).toContain(`${name}<dd>${light}`);
  },
);
