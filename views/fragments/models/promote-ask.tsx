/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { verdictOf } from "../../../src/domain/gate.ts";
import type { Model } from "../../../src/domain/model.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";
import { CheckList } from "./gate-checks.tsx";
import { heldOutWords } from "./gate-words.ts";

/** The version to promote. */
export interface PromoteAskProps {
  text: Text;
  model: Model;
  /** The live version when the page was rendered: if it has changed, the request is refused. */
  liveVersion: number | null;
  target?: string;
}

/** Asks before a version goes live; for one that failed the gate, a checkbox below the reasons must be selected. */
export function PromoteAsk({ text, model, liveVersion, target }: PromoteAskProps) {
  const { t } = text;
  const { version, gate } = model;
  const isHeld = gate !== null && verdictOf(gate) === "held";
  const failed = gate === null || gate.passed ? null : gate.checks.filter((check) => !check.passed);
  const heldOut = gate === null ? null : heldOutWords(text, gate);
  return (
    <Ask
      text={text}
      id={`promote-${version}`}
      opener={t("models.promote")}
      title={t("models.promoteTitle", { version })}
      action={`/models/${version}/promote`}
      confirm={failed === null ? t("models.promoteNow") : t("models.promoteAnyway")}
      {...(target === undefined ? {} : { target })}
    >
      <p>{t("models.promoteText", { version })}</p>
      {liveVersion === null ? null : <input type="hidden" name="expected" value={liveVersion} />}
      {failed === null ? null : (
        <>
          <p>{t(isHeld ? "models.promoteHeldText" : "models.promoteFailedText", { version })}</p>
          <CheckList text={text} checks={failed} />
          {heldOut === null ? null : <p>{heldOut}</p>}
          <label class="tick">
            <input type="checkbox" name="force" value="yes" required />
            <span>{t(isHeld ? "models.promoteHeldUnderstood" : "models.promoteUnderstood")}</span>
          </label>
        </>
      )}
    </Ask>
  );
}
