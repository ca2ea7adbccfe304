/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { MAX_REASON } from "../../../src/domain/scheduler/request.ts";
import type { Text } from "../../i18n/text.ts";

/** The field for why a person decides so. */
export function ReasonField({
  text: { t },
  id,
  isRequired,
}: {
  text: Text;
  id: string;
  isRequired: boolean;
}) {
  return (
    <div class="field">
      <label for={id}>{t(isRequired ? "scheduler.reason" : "scheduler.reasonOptional")}</label>
      <input id={id} name="reason" maxlength={MAX_REASON} autocomplete="off" required={isRequired} />
    </div>
  );
}
