/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { LearningOverview } from "../../src/domain/learning/overview.ts";
import { HeldOut } from "../fragments/learning/held-out.tsx";
import { NeedsView } from "../fragments/learning/needs-view.tsx";
import { NextLabels } from "../fragments/learning/next-labels.tsx";
import { PersonView, type PersonViewProps } from "../fragments/learning/person-view.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Learning page. */
export interface LearningPageProps extends PageProps {
  overview: LearningOverview;
  /** Whether there is a base model for the classes, which the curve is measured from. */
  hasBase: boolean;
  person: Pick<PersonViewProps, "writer" | "progress">;
}

/** The page of what labels have brought, and where more of them would help. */
export function LearningPage(props: LearningPageProps) {
  const { text, overview, hasBase, person } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("learning.title")}>
      <div class="page-head">
        <div>
          <h1>{t("learning.title")}</h1>
          <p>{t("learning.lead")}</p>
        </div>
      </div>
      <div class="stack">
        <div class="stack" hx-get="/learning" hx-trigger="every 15s" hx-swap="innerMorph">
          <LearningContent text={text} overview={overview} hasBase={hasBase} />
        </div>
        {/* A name that is being typed stays. */}
        <PersonView text={text} names={overview.names} {...person} />
      </div>
    </Page>
  );
}

/** The part of the page that changes while it is open. */
export function LearningContent({
  text,
  overview,
  hasBase,
}: Pick<LearningPageProps, "text" | "overview" | "hasBase">) {
  return (
    <>
      <NextLabels text={text} overview={overview} hasBase={hasBase} />
      <HeldOut text={text} overview={overview} />
      <NeedsView text={text} overview={overview} />
    </>
  );
}
