/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";

/** The version that a roll back makes live. */
export interface RollbackAskProps {
  text: Text;
  liveVersion: number | null;
  /** Null when there is none. */
  rollbackTo: number | null;
}

/** Asks before a roll back, and names the version that answers afterwards; says so when there is none. */
export function RollbackAsk({ text, liveVersion, rollbackTo }: RollbackAskProps) {
  const { t } = text;
  if (rollbackTo === null) {
    return (
      <>
        <button class="button" type="button" popovertarget="rollback">
          {t("models.rollback")}
        </button>
        <div id="rollback" class="ask" popover="auto" role="dialog" aria-labelledby="rollback-title">
          <div class="ask-body">
            <h2 id="rollback-title">{t("registry.noRollbackTitle")}</h2>
            <p>
              {liveVersion === null
                ? t("registry.noRollbackNoModel")
                : t("registry.noRollback", { version: liveVersion })}
            </p>
            <div class="ask-actions">
              <button class="button" type="button" popovertarget="rollback" popovertargetaction="hide">
                {t("models.close")}
              </button>
            </div>
          </div>
        </div>
      </>
    );
  }
  return (
    <Ask
      text={text}
      id="rollback"
      opener={t("models.rollback")}
      title={t("registry.rollbackTitle", { version: rollbackTo })}
      action="/models/rollback"
      confirm={t("models.rollbackNow")}
      target="#models"
    >
      <p>{t("models.rollbackText", { version: rollbackTo })}</p>
      <p class="small soft">
        <a href={`/models/${rollbackTo}`}>{t("models.name", { version: rollbackTo })}</a>
      </p>
      <input type="hidden" name="expected" value={rollbackTo} />
    </Ask>
  );
}
