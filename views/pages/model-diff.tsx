/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ModelDiff } from "../../src/model-registry/diff/model-diff.ts";
import { DiffData, DiffFiles, DiffSet } from "../fragments/models/diff-sections.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The page of the differences of two versions. */
export function ModelDiffPage(props: PageProps & { diff: ModelDiff }) {
  const { text, diff } = props;
  const { t } = text;
  const [a, b] = diff.versions;
  return (
    <Page {...props} title={t("registry.diffTitle", { a, b })}>
      <a class="back" href={`/models/${a}`}>
        ← {t("models.name", { version: a })}
      </a>
      <div class="page-head">
        <div>
          <h1>{t("registry.diffTitle", { a, b })}</h1>
          <p>
            <a href={`/models/${b}/diff/${a}`}>{t("registry.swap")}</a>
          </p>
        </div>
      </div>
      <div class="stack">
        {diff.sets.length === 0 ? (
          <p class="sheet soft">{t("registry.noSets")}</p>
        ) : (
          <div class="columns">
            {diff.sets.map((set) => (
              <DiffSet text={text} versions={diff.versions} set={set} />
            ))}
          </div>
        )}
        <div class="columns">
          <DiffData text={text} diff={diff} />
          <DiffFiles text={text} diff={diff} />
        </div>
      </div>
    </Page>
  );
}
