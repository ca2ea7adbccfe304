/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** Why there is no drawing: the script's state of the page chooses one. */
export function QueueEmpty({ text: { t } }: { text: Text }) {
  return (
    <div class="queue-empty">
      <section data-none="none">
        <h2>{t("queue.empty.none")}</h2>
        <p>{t("queue.empty.noneText")}</p>
        <ul class="plain-list">
          <li>
            <a href="/samples">{t("queue.empty.import")}</a>
          </li>
          <li>
            <a href="/docs/api">{t("queue.empty.api")}</a>
          </li>
        </ul>
      </section>
      <section data-none="leased">
        <h2>{t("queue.empty.leased")}</h2>
        <p>{t("queue.empty.leasedText")}</p>
      </section>
      <section data-none="offline">
        <h2>{t("queue.empty.offline")}</h2>
        <p>{t("queue.empty.offlineText")}</p>
      </section>
      <section data-none="refused">
        <h2>{t("queue.empty.refused")}</h2>
        <p id="queue-refused" />
      </section>
      <section data-none="loading">
        <p class="soft">{t("queue.empty.loading")}</p>
      </section>
    </div>
  );
}
