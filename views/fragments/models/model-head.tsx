/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { NamedModel } from "../../../src/domain/model.ts";
import type { Text } from "../../i18n/text.ts";
import { ModelTags } from "./models-list.tsx";
import { PromoteAsk } from "./promote-ask.tsx";

/** A version, and the one that is live. */
export interface ModelHeadProps {
  text: Text;
  model: NamedModel;
  isLive: boolean;
  liveVersion: number | null;
}

/** The head of a version's page: whether it is live, and the button that makes it so. It changes while the page is open. */
export function ModelHead({ text, model, isLive, liveVersion }: ModelHeadProps) {
  return (
    <div class="page-head">
      <div>
        <h1>{text.t("models.name", { version: model.version })}</h1>
        <p>
          <ModelTags text={text} model={model} isLive={isLive} />
        </p>
      </div>
      {isLive || model.state === "broken" || model.state === "deleted" ? null : (
        <div>
          <PromoteAsk text={text} model={model} liveVersion={liveVersion} />
        </div>
      )}
    </div>
  );
}
