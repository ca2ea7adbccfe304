import { expect, test } from "bun:test";
import { join } from "node:path";
import { renderManual, renderPage } from "../../src/build/manual.ts";
import { MANUAL_SECTIONS } from "../../src/domain/manual.ts";

const ROOT = join(import.meta.dir, "../..");
const pages = await renderManual(ROOT);

test("renderManual() renders every file of docs, and each is in exactly one section", async () => {
  const files = (await Array.fromAsync(new Bun.Glob("docs/*.md").scan({ cwd: ROOT }))).map((file) =>
    file.replace(/^docs\/(.*)\.md$/, "$1"),
  );
  const listed = Object.values<readonly string[]>(MANUAL_SECTIONS).flat();
  expect(listed.toSorted()).toEqual(files.sort());
  expect(pages.map(({ name }) => name)).toEqual(listed);
});

test("renderManual() leads to pages of the manual, to headings that exist, or to another server", () => {
  for (const { html } of pages) {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
    for (const href of links) expect(href).toMatch(/^(?:https?:\/\/|#|\/docs\/[\w-]+)/);
    expect(html).not.toMatch(/<(?:img|script|iframe|style)\b/);
  }
  const personal = pages.find(({ name }) => name === "personal")!.html;
  expect(personal).toContain('<a href="/docs/gate">The gate</a>');
});

test("renderPage() gives headings the anchors of GitHub, and repeated ones a number", () => {
  const { title, headings, html } = renderPage(
    "gate",
    "# The `gate`\n\n## Kedro's terms\n\n## Kedro's terms\n",
  );
  expect(title).toBe("The gate");
  expect(headings).toEqual([
    { id: "kedros-terms", title: "Kedro's terms" },
    { id: "kedros-terms-1", title: "Kedro's terms" },
  ]);
  expect(html).toContain('<h1 id="the-gate">The <code>gate</code></h1>');
});

test("renderPage() escapes code and HTML, wraps tables, and drops links to files that are not served", () => {
  const { html } = renderPage(
    "gate",
    '# x\n\n<b>hi</b>\n\n```sh\necho "<&>"\n```\n\n| a | b |\n|---|---|\n| 1 | [base](../conf/base) |\n',
  );
  expect(html).toContain("&lt;b&gt;hi&lt;/b&gt;");
  expect(html).toContain("<code>echo &quot;&lt;&amp;&gt;&quot;</code>");
  expect(html).toContain('<div class="table-wrap" tabindex="0"><table>');
  expect(html).toContain("<td>base</td>");
});
