/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

const TABS = [
  { tab: "accounts", href: "/people" },
  { tab: "invitations", href: "/people/invitations" },
  { tab: "audit", href: "/people/audit" },
] as const;

/** The navigation between the pages about people. */
export function PeopleTabs({ text: { t }, current }: { text: Text; current: (typeof TABS)[number]["tab"] }) {
  return (
    <nav class="tabs people-tabs" aria-label={t("people.tabs")}>
      {TABS.map(({ tab, href }) => (
        <a class="button" href={href} aria-current={tab === current ? "page" : undefined}>
          {t(`people.tab.${tab}`)}
        </a>
      ))}
    </nav>
  );
}
