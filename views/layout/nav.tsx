/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** Pages in the order of the navigation. */
export const NAV_PAGES: readonly { href: string; label: MessageKey }[] = [
  { href: "/", label: "nav.draw" },
  { href: "/samples", label: "nav.samples" },
  { href: "/label", label: "nav.review" },
  { href: "/pipelines", label: "nav.pipelines" },
  { href: "/runs", label: "nav.runs" },
  { href: "/models", label: "nav.models" },
  { href: "/scheduler", label: "nav.scheduler" },
  { href: "/monitoring", label: "nav.monitoring" },
  { href: "/settings", label: "nav.settings" },
  { href: "/docs", label: "nav.docs" },
];

/**
 * @param inReview labels that wait for a person.
 * @param closed pages that the reader's role may not open: they are left out.
 * @param path of the current page; a page below another (a single run) marks that one as the current section.
 */
export function Nav({
  text,
  path,
  inReview,
  closed,
}: {
  text: Text;
  path: string;
  inReview: number;
  closed: readonly string[];
}) {
  const here = path.replace(/\?.*$/, "");
  return (
    <nav class="nav" aria-label={text.t("nav.label")}>
      <ul class="nav-list">
        {NAV_PAGES.filter(({ href }) => !closed.includes(href)).map(({ href, label }) => (
          <li>
            <a href={href} aria-current={currentOf(href, here)}>
              {text.t(label)}
              {href === "/label" ? (
                <span id="nav-review">
                  <NavCount text={text} n={inReview} />
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Counts above this are not told apart at a glance. */
const MOST = 99;

/** The number of labels in review, next to the link to them; nothing for 0. */
export function NavCount({ text, n }: { text: Text; n: number }) {
  if (n === 0) return null;
  return (
    <>
      <span class="nav-count" aria-hidden="true">
        {n > MOST ? `${MOST}+` : n}
      </span>
      <span class="unseen"> {text.t("nav.reviewCount", { n: text.number(n) })}</span>
    </>
  );
}

function currentOf(href: string, here: string): "page" | "true" | undefined {
  if (here === href) return "page";
  return href !== "/" && here.startsWith(`${href}/`) ? "true" : undefined;
}
