/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

/** Pages in the order of the footer. */
export const FOOT_PAGES: readonly { href: string; label: MessageKey }[] = [
  { href: "/account", label: "who.account" },
  { href: "/people", label: "who.people" },
  { href: "/people/invitations", label: "who.invitations" },
  { href: "/server", label: "server.title" },
  { href: "/webhooks", label: "webhooks.title" },
  { href: "/docs", label: "docs.title" },
  { href: "/docs/api", label: "docs.api" },
];

/** @param closed pages that the reader's role may not open: they are left out. */
export function Foot({ text, version, closed }: { text: Text; version: string; closed: readonly string[] }) {
  const { t } = text;
  // Whoever may see all people finds the invitations there.
  const isAside = (href: string) => href === "/people/invitations" && !closed.includes("/people");
  return (
    <footer class="shell-foot">
      <span>{t("site.tagline")}</span>
      <span>{t("site.version", { version })}</span>
      {FOOT_PAGES.filter(({ href }) => !closed.includes(href) && !isAside(href)).map(({ href, label }) => (
        <a href={href}>{t(label)}</a>
      ))}
    </footer>
  );
}
