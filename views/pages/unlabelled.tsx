/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ClassButtons, nameLength } from "../fragments/class-buttons.tsx";
import { QueueActions } from "../fragments/queue/queue-actions.tsx";
import { QueueEmpty } from "../fragments/queue/queue-empty.tsx";
import { QueueHelp } from "../fragments/queue/queue-help.tsx";
import { type OrderChoice, OrderField } from "../fragments/queue/queue-order.tsx";
import { QueueTabs } from "../fragments/review/queue-tabs.tsx";
import type { Text } from "../i18n/text.ts";
import { ownName } from "../layout/own-name.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the queue of unlabelled drawings. */
export interface UnlabelledPageProps extends PageProps {
  classes: readonly string[];
  /** Whether a model predicts. */
  hasModel: boolean;
  /** Drawings without a label. */
  unlabelled: number;
  orders: readonly OrderChoice[];
  /** How long a question belongs to its labeller after it was last renewed, in ms. */
  leaseMs: number;
}

/** The texts of the Draw page that the script uses as well. */
const SHARED = [
  ...["client.typing", "client.mistyped", "client.notFound", "client.none", "client.notAccepted"],
  ...[
    "client.noAnswer",
    "client.nothingToUndo",
    "client.waiting",
    "client.loggedOut",
    "client.notAllowed",
    ...["client.othersOne", "client.others", "client.othersNobody", "client.othersSeveral"],
    "client.tooMany",
    "client.memoryOnly",
  ],
];

/** Drawings without a label, one at a time. Its script, views/assets/queue.ts, fetches them. */
export function UnlabelledPage(props: UnlabelledPageProps) {
  const { text, classes, hasModel } = props;
  const { t } = text;
  const shared = Object.entries(text.withPrefix("client.")).filter(([key]) => SHARED.includes(key));
  const texts = { ...Object.fromEntries(shared), ...text.withPrefix("queue.client.") };
  return (
    <Page {...props} title={t("queue.title")} isQueue>
      <h1 class="unseen">{t("queue.title")}</h1>
      <div class="queue-head">
        <QueueTabs
          text={text}
          current="unlabelled"
          counts={{ review: props.inReview ?? 0, unlabelled: props.unlabelled }}
        />
      </div>
      <noscript>
        <p class="alert no-script">
          {t("queue.noScript")} <a href="/label?state=suspect">{t("queue.tab.review")}</a>
        </p>
      </noscript>
      <div
        class="queue-page"
        data-page="queue"
        data-state="loading"
        data-classes={JSON.stringify(classes)}
        data-names={nameLength(classes)}
        data-texts={JSON.stringify(texts)}
        data-lease-ms={String(props.leaseMs)}
      >
        <div class="queue-stage">
          <div class="queue-drawing" role="img" aria-label={t("queue.drawing")} tabindex={-1} />
          <QueueEmpty text={text} />
        </div>
        <div class="pad-keys queue-keys">
          <ClassButtons text={text} classes={classes} />
          <QueueActions text={text} classes={classes} />
          <div id="message" class="message" />
        </div>
        <Prediction text={text} />
        <div class="queue-side">
          <div class="stack-tight">
            {hasModel ? null : <p class="notice">{t("queue.noModel")}</p>}
            <OrderField text={text} orders={props.orders} />
          </div>
          <Session text={text} who={props.who} />
        </div>
        <p id="announce" class="unseen" role="status" />
      </div>
      <QueueHelp text={text} classes={classes} />
    </Page>
  );
}

function Prediction({ text: { t } }: { text: Text }) {
  return (
    <section class="queue-prediction" data-none="true" aria-labelledby="prediction-title">
      <h2 id="prediction-title">{t("queue.prediction")}</h2>
      <p id="queue-label" class="queue-label">
        –
      </p>
      <div class="queue-words">
        <p>
          <strong id="queue-sure" /> <span id="queue-second" />
        </p>
        <p class="small soft">
          <span id="queue-reason" />
        </p>
        <p id="queue-left" class="small soft" />
      </div>
    </section>
  );
}

function Session({ text: { t }, who }: Pick<PageProps, "text" | "who">) {
  return (
    <section class="queue-session" aria-labelledby="session-title">
      <h2 id="session-title">{t("queue.session")}</h2>
      <p id="queue-tally" />
      <p id="queue-rate" class="small soft" />
      <p id="queue-refusals" class="small queue-refusals" role="status" />
      <div class="field">
        <label for="writer">{t("queue.name")}</label>
        <input
          id="writer"
          maxlength={64}
          autocomplete="nickname"
          aria-describedby="writer-hint"
          {...ownName(who)}
        />
        <span id="writer-hint" class="small soft">
          {t("queue.nameHint")}
        </span>
      </div>
    </section>
  );
}
