/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** Pages in the order of the navigation. */
const PAGES: readonly { href: string; label: MessageKey }[] = [
  { href: "/", label: "nav.draw" },
  { href: "/samples", label: "nav.samples" },
  { href: "/pipelines", label: "nav.pipelines" },
  { href: "/runs", label: "nav.runs" },
  { href: "/models", label: "nav.models" },
];

/** @param path of the current page; a page below another (a single run) marks that one as the current section. */
export function Nav({ text, path }: { text: Text; path: string }) {
  const here = path.replace(/\?.*$/, "");
  return (
    <nav class="nav" aria-label={text.t("nav.label")}>
      <ul class="nav-list">
        {PAGES.map(({ href, label }) => (
          <li>
            <a href={href} aria-current={currentOf(href, here)}>
              {text.t(label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function currentOf(href: string, here: string): "page" | "true" | undefined {
  if (here === href) return "page";
  return href !== "/" && here.startsWith(`${href}/`) ? "true" : undefined;
}
