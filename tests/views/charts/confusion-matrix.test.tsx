import { expect, test } from "bun:test";
import { ConfusionMatrix } from "../../../views/charts/confusion-matrix.tsx";
import { textIn } from "../../../views/i18n/text.ts";

const draw = async (labels: string[], confusion: number[][], hasLinks = true) =>
  String(
    await ConfusionMatrix({
      text: textIn("en"),
      name: "test set",
      labels,
      confusion,
      cellHref: (label, predicted) => (hasLinks ? `/x?${label}-${predicted}` : null),
    }),
  );

test("ConfusionMatrix writes every count in its cell, tints mistakes by frequency, and leaves zeros blank", async () => {
  const html = await draw(
    ["a", "b"],
    [
      [5, 4],
      [1, 0],
    ],
  );
  expect(html.match(/<a class="cell/g)).toHaveLength(3);
  expect(html).toContain('<a class="cell cell-right" href="/x?a-a" aria-label="a classified as a: 5">');
  expect(html).toContain('<a class="cell cell-wrong-4" href="/x?a-b" aria-label="a classified as b: 4">');
  expect(html).toContain('<a class="cell cell-wrong-1" href="/x?b-a" aria-label="b classified as a: 1">');
});

test("ConfusionMatrix has no links when no drawings were kept", async () => {
  const html = await draw(["a", "b"], [[1, 1]], false);
  expect(html).not.toContain("<a ");
  expect(html).toContain('<g class="cell cell-wrong-4">');
});

test("ConfusionMatrix draws 100 long labels: rotated, shortened, complete in their titles", async () => {
  const labels = Array.from({ length: 100 }, (_, i) => `a class with a long name ${i}`);
  const html = await draw(
    labels,
    labels.map((_, i) => labels.map((__, k) => (i === k ? 3 : 0))),
  );
  expect(html.match(/rotate\(-90\)/g)).toHaveLength(100);
  expect(html).toContain("a class with a lo…<title>a class with a long name 42</title>");
  expect(html.match(/<a class="cell cell-right"/g)).toHaveLength(100);
});
