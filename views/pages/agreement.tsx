/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { AgreementView, type AgreementViewProps } from "../fragments/agreement/agreement-view.tsx";
import { KnownAnswers } from "../fragments/agreement/known-answers.tsx";
import { LabellerPairs } from "../fragments/agreement/labeller-pairs.tsx";
import { LabellersTable, type LabellersTableProps } from "../fragments/agreement/labellers-table.tsx";
import { QueueTabs } from "../fragments/review/queue-tabs.tsx";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the page of agreement. */
export interface AgreementPageProps extends PageProps {
  agreement: Omit<AgreementViewProps, "text">;
  labellers: Omit<LabellersTableProps, "text">;
  /** Who can see the page. */
  seenBy: "machine" | "accounts" | "anyone";
}

const SEEN = {
  machine: "agreement.seenLocal",
  accounts: "agreement.seenAccounts",
  anyone: "agreement.seenAnyone",
} as const;

/** How far those who label agree, and what each of them has answered. */
export function AgreementPage(props: AgreementPageProps) {
  const { text, agreement, labellers, seenBy } = props;
  const { t } = text;
  return (
    <Page {...props} title={t("agreement.title")}>
      <QueueTabs
        text={text}
        current="agreement"
        counts={{ review: props.inReview ?? 0, unlabelled: props.strip?.unlabelled ?? 0 }}
      />
      <div class="page-head">
        <div>
          <h1>{t("agreement.title")}</h1>
          <p>{t("agreement.lead")}</p>
          <p>{t(SEEN[seenBy])}</p>
        </div>
      </div>
      <div class="stack">
        <AgreementView text={text} {...agreement} />
        <LabellerPairs text={text} report={agreement.report} />
        <KnownAnswers text={text} {...agreement} />
        <LabellersTable text={text} {...labellers} />
      </div>
    </Page>
  );
}
