/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { SITTING_MS } from "../../src/domain/person.ts";
import { keyName } from "../assets/draw/keys/keys.ts";
import { ClassButtons, nameLength } from "../fragments/class-buttons.tsx";
import { areDigits, drawHint } from "../fragments/class-words.ts";
import { ExplainDialog } from "../fragments/explain-dialog.tsx";
import { HelpDialog } from "../fragments/help-dialog.tsx";
import { LearningStatus, type LearningStatusProps } from "../fragments/learning-status.tsx";
import type { Text } from "../i18n/text.ts";
import { ownName } from "../layout/own-name.ts";
import { Page, type PageProps } from "../layout/page.tsx";

/** The properties of the Draw page. */
export interface DrawPageProps extends PageProps {
  classes: readonly string[];
  /** The live version, or null when none is loaded. */
  modelVersion: number | null;
  status: Omit<LearningStatusProps, "text">;
}

/** The page for drawing, recognition and labelling. Its script is views/assets/draw.ts. */
export function DrawPage(props: DrawPageProps) {
  const { text, classes, modelVersion, status } = props;
  const { t } = text;
  const title = areDigits(classes) ? t("draw.title") : t("draw.titleOf");
  return (
    <Page {...props} title={title} isDrawing>
      <noscript>
        <p class="alert no-script">{t("draw.noScript")}</p>
      </noscript>
      <div
        class="draw"
        data-page="draw"
        data-classes={JSON.stringify(classes)}
        data-names={nameLength(classes)}
        data-texts={JSON.stringify(text.withPrefix("client."))}
      >
        <h1 class="unseen">{title}</h1>
        <div class="pad" data-ink="false">
          <canvas role="img" aria-label={areDigits(classes) ? t("draw.canvas") : t("draw.canvasOf")} />
          <p class="pad-hint" aria-hidden="true">
            {drawHint(text, classes)}
          </p>
          <div class="pad-picture" aria-hidden="true" hidden>
            <canvas class="pad-image" width={28} height={28} />
            <p>{t("draw.fromPicture")}</p>
          </div>
          <div class="pad-recent" aria-hidden="true" hidden>
            <canvas class="pad-image" width={28} height={28} />
            <p>{t("draw.correcting")}</p>
          </div>
          <p class="pad-note" role="status" data-text={t("draw.leftOut")} />
        </div>
        <PadKeys text={text} classes={classes} />
        <div class="side">
          <AnswerPanel text={text} modelVersion={modelVersion} />
          <WhoDraws text={text} who={props.who} />
          <section class="picture" aria-labelledby="picture-title">
            <h2 id="picture-title" class="unseen">
              {t("draw.picture")}
            </h2>
            <label class="button">
              {t("draw.choosePicture")}
              <input
                id="picture"
                class="unseen"
                type="file"
                accept="image/*"
                aria-describedby="picture-hint"
              />
            </label>
            <p id="picture-hint" class="small soft">
              {t("draw.pictureHint")}
            </p>
          </section>
          <section class="learning" aria-labelledby="learning-title">
            <div class="learning-head">
              <h2 id="learning-title">
                <a href="/scheduler">{t("status.title")}</a>
              </h2>
              <a class="small" href="/learning">
                {t("learning.link")}
              </a>
            </div>
            <div id="learning" class="learning-live" hx-sse:connect="/events?view=draw" hx-swap="innerMorph">
              <LearningStatus text={text} {...status} />
            </div>
          </section>
        </div>
        <p id="announce" class="unseen" role="status" />
      </div>
      <HelpDialog text={text} classes={classes} />
      <ExplainDialog text={text} />
    </Page>
  );
}

function PadKeys({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  return (
    <div class="pad-keys">
      <p class="touch-line" hidden>
        {t("draw.penOnly")}{" "}
        <button class="button" type="button">
          {t("draw.allowTouch")}
        </button>
      </p>
      <ClassButtons text={text} classes={classes} />
      <div class="pad-actions">
        <button class="button" type="button" data-do="undo">
          {t("draw.undo")}{" "}
          <span class="key" aria-hidden="true">
            ⌫
          </span>
        </button>
        <button class="button" type="button" data-do="clear">
          {t("draw.clear")}{" "}
          <span class="key" aria-hidden="true">
            ␣
          </span>
        </button>
        <button class="button" type="button" data-do="none" title={t("draw.noneOf")}>
          {t("draw.none")}{" "}
          <span class="key" aria-hidden="true">
            {keyName("x", classes)}
          </span>
        </button>
        <button class="button button-main" type="button" data-do="accept" aria-disabled="true">
          {t("draw.accept")}{" "}
          <span class="key" aria-hidden="true">
            ↵
          </span>
        </button>
        <button class="button" type="button" data-do="help" aria-label={t("draw.help")}>
          ?
        </button>
      </div>
      <div id="message" class="message" />
      <div class="recent">
        <p id="recent-empty" class="recent-empty">
          {t("draw.recentEmpty")}
        </p>
        <div id="recent" class="recent-bar" role="toolbar" aria-label={t("draw.recent")} />
      </div>
    </div>
  );
}

/** Its script is views/assets/draw/person/who-draws.ts. */
function WhoDraws({ text: { t }, who }: Pick<PageProps, "text" | "who">) {
  const own = ownName(who);
  const minutes = SITTING_MS / 60_000;
  return (
    <section class="writer" aria-labelledby="who-title">
      <h2 id="who-title" class="unseen">
        {t("draw.whoDraws")}
      </h2>
      <div class="field">
        <label for="writer">{t("draw.writer")}</label>
        <input id="writer" maxlength={100} autocomplete="nickname" aria-describedby="writer-hint" {...own} />
        <span id="writer-hint" class="small soft">
          {t("draw.writerHint")}
        </span>
      </div>
      <div class="who-actions">
        <label>
          <input id="personal" type="checkbox" checked aria-describedby="mine-hint remembered" />
          {t("draw.useMine")}
        </label>
        <button id="someone-else" class="button" type="button" hidden={own.readonly}>
          {t("draw.someoneElse")}
        </button>
      </div>
      <p id="mine-hint" class="small soft">
        {t("draw.mineHint", { minutes })}
      </p>
      <p id="remembered" class="remembered small soft" />
    </section>
  );
}

function AnswerPanel({ text: { t }, modelVersion }: { text: Text; modelVersion: number | null }) {
  return (
    <section class="answer" data-state="empty" aria-labelledby="answer-title">
      <h2 id="answer-title">{t("draw.answer")}</h2>
      <div class="answer-main">
        <p id="answer-digit" class="answer-digit">
          –
        </p>
        <p id="answer-yours" class="yours" title={t("client.yoursTitle")} hidden>
          {t("draw.yours")}
        </p>
      </div>
      <div>
        <p id="answer-sure" class="answer-sure" />
        <ol class="odds" aria-label={t("draw.topThree")}>
          {[0, 1, 2].map(() => (
            <li>
              <span class="odds-digit" />
              <span class="bar" aria-hidden="true">
                <span />
              </span>
              <span class="odds-share" />
            </li>
          ))}
        </ol>
      </div>
      <figure class="seen">
        <canvas id="seen" width={28} height={28} role="img" aria-label={t("draw.seenAlt")} />
        <figcaption class="small soft">
          <span>{t("draw.seen")}</span>
          <strong id="answered-by">
            {modelVersion === null ? t("draw.noModel") : t("draw.answeredBy", { version: modelVersion })}
          </strong>
          <button
            class="button seen-why"
            type="button"
            data-do="explain"
            aria-label={`${t("draw.why")} ${t("draw.explain")}`}
          >
            {t("draw.why")}
          </button>
        </figcaption>
      </figure>
    </section>
  );
}
