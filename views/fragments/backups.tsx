/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { BackupState } from "../../src/domain/backups/backup.ts";
import type { Text } from "../i18n/text.ts";

/** Number of backups that are shown. */
const SHOWN = 12;

/** When the next backup is made, whether the last attempt has failed, and the backups that there are. */
export function Backups({ text, backups }: { text: Text; backups: BackupState }) {
  const { t } = text;
  const { records, nextAt, failed } = backups;
  return (
    <section class="sheet stack" aria-labelledby="server-backups">
      <h2 id="server-backups">{t("server.backups")}</h2>
      {failed === null ? null : (
        <p class="alert" role="alert">
          {t("server.backups.failed", { at: text.dateTime(failed.at), reason: failed.reason })}
        </p>
      )}
      <p>
        {nextAt === null
          ? t("server.backups.never")
          : t("server.backups.next", { at: text.dateTime(nextAt) })}{" "}
        <a href="/settings">{t("server.backups.settings")}</a>
      </p>
      {records.length === 0 ? (
        <p class="soft">{t("server.backups.none")}</p>
      ) : (
        <div class="table-wrap" tabindex={0}>
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{t("server.backups.at")}</th>
                <th scope="col">{t("server.backups.kind")}</th>
                <th scope="col">{t("server.backups.size")}</th>
                <th scope="col">{t("server.backups.until")}</th>
                <th scope="col">{t("server.backups.file")}</th>
              </tr>
            </thead>
            <tbody>
              {records.slice(0, SHOWN).map(({ file, kind, at, bytes, keptUntil }) => (
                <tr>
                  <th scope="row">{text.dateTime(at)}</th>
                  <td data-label={t("server.backups.kind")}>{t(`server.backups.kind.${kind}`)}</td>
                  <td data-label={t("server.backups.size")}>{text.bytes(bytes)}</td>
                  <td data-label={t("server.backups.until")}>
                    {keptUntil === null ? t("server.backups.byHand") : text.dateTime(keptUntil)}
                  </td>
                  <td data-label={t("server.backups.file")} class="backup-file">
                    {file}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
