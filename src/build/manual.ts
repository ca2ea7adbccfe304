import { basename, join } from "node:path";
import { Marked, type Tokens } from "marked";
import { MANUAL_SECTIONS, type ManualPage, manualSectionOf } from "../domain/manual.ts";

/**
 * Renders docs/*.md as the pages of /docs, in the order of their sections.
 * @param root of the repository.
 * @throws when a link leads to a page or heading that does not exist.
 */
export async function renderManual(root: string): Promise<ManualPage[]> {
  const files = (await Array.fromAsync(new Bun.Glob("docs/*.md").scan({ cwd: root }))).sort();
  const pages = await Promise.all(
    files.map(async (file) => renderPage(basename(file, ".md"), await Bun.file(join(root, file)).text())),
  );
  checkLinks(pages);
  const titles = new Map(pages.map(({ name, title }) => [name, title]));
  const order = (name: string) => {
    const place = Object.values<readonly string[]>(MANUAL_SECTIONS).flat().indexOf(name);
    return place === -1 ? pages.length : place;
  };
  return pages
    .map((page) => ({ ...page, html: withTitles(page.html, titles) }))
    .toSorted((a, b) => order(a.name) - order(b.name));
}

/** A link whose words are the name of a file gets the title of the page. */
function withTitles(html: string, titles: ReadonlyMap<string, string>): string {
  return html.replaceAll(
    /(<a href="\/docs\/([\w-]+)(?:#[^"]*)?">)\2\.md(?=<\/a>)/g,
    (_, link: string, name: string) => link + escaped(titles.get(name) ?? name),
  );
}

/** Renders one file. Headings get the anchors that they have on GitHub. */
export function renderPage(name: string, markdown: string): ManualPage {
  const section = manualSectionOf(name);
  const ids = new Map<string, number>();
  const headings: { id: string; title: string }[] = [];
  let title = name;
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const plain = text.replaceAll(/[`*]/g, "");
        const id = uniqueId(anchorOf(plain), ids);
        if (depth === 1) title = plain;
        if (depth === 2) headings.push({ id, title: plain });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const target = addressOf(href);
        return target === null ? words : `<a href="${escaped(target)}">${words}</a>`;
      },
      // What may scroll sideways can be reached by the keyboard.
      code({ text }: Tokens.Code) {
        return `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`;
      },
      // A file of ours has none, and nothing that looks like one becomes a part of the page.
      html({ text }: Tokens.HTML | Tokens.Tag) {
        return escaped(text);
      },
    },
  });
  const html = marked
    .parse(markdown, { async: false })
    .replaceAll("<table>", '<div class="table-wrap" tabindex="0"><table>')
    .replaceAll("</table>", "</table></div>");
  return { name, title, section, html, headings };
}

/** `gate.md#checks` is a page of the manual; a file of the repository is not served, so its words stay without a link. */
function addressOf(href: string): string | null {
  if (/^https?:/.test(href) || href.startsWith("#")) return href;
  const [, name, fragment = ""] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return name === undefined ? null : `/docs/${name}${fragment}`;
}

function checkLinks(pages: readonly ManualPage[]): void {
  const anchors = new Map(
    pages.map(({ name, html }) => [name, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
  );
  for (const { name, html } of pages) {
    for (const [, page = name, fragment] of html.matchAll(/href="(?:\/docs\/([\w-]+))?(?:#([^"]+))?"/g)) {
      const isKnown = fragment === undefined ? anchors.has(page) : anchors.get(page)?.has(fragment) === true;
      if (!isKnown) {
        throw new Error(
          `docs/${name}.md links to ${page}.md${fragment === undefined ? "" : `#${fragment}`}, which does not exist`,
        );
      }
    }
  }
}

/** The anchor of a heading, as GitHub makes it: lower case, without punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

function uniqueId(id: string, used: Map<string, number>): string {
  const count = used.get(id) ?? 0;
  used.set(id, count + 1);
  return count === 0 ? id : `${id}-${count}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
