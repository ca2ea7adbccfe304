/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { tabCount } from "../../layout/home-strip.tsx";

/** The pages of the label queue. */
export type QueueTab = "review" | "unlabelled" | "grid" | "agreement";

const TABS: readonly { tab: QueueTab; href: string }[] = [
  // Without a query, `/label` leads to the unlabelled drawings when nothing is in review.
  { tab: "review", href: "/label?state=suspect" },
  { tab: "unlabelled", href: "/label/unlabelled" },
  { tab: "grid", href: "/label/grid" },
  { tab: "agreement", href: "/label/agreement" },
];

/** The counts that tabs show; a tab without one shows none. */
export type QueueTabCounts = Partial<Record<QueueTab, number>>;

/** The navigation between the pages of the label queue. */
export function QueueTabs({
  text,
  current,
  counts = {},
}: {
  text: Text;
  current: QueueTab;
  counts?: QueueTabCounts;
}) {
  const { t } = text;
  return (
    <nav class="tabs queue-tabs" aria-label={t("queue.tabs")}>
      {TABS.map(({ tab, href }) => (
        <a class="button" href={href} aria-current={tab === current ? "page" : undefined}>
          {t(`queue.tab.${tab}`)}
          <span id={`tab-${tab}`} class="tab-count">
            {tabCount(text, counts[tab] ?? 0)}
          </span>
        </a>
      ))}
    </nav>
  );
}
