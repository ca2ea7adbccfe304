/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Actor } from "../../../src/domain/actor.ts";
import type { Drawing } from "../../../src/domain/drawing.ts";
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { shortId } from "../runs/run-words.ts";
import { type LastStep, type QueueScope, queuePath } from "./queue-path.ts";
import { ReviewDrawing } from "./review-drawing.tsx";
import { ReviewReasons, type ReviewReasonsProps, reasonHeading } from "./review-reasons.tsx";
import { ScopeFields } from "./scope-fields.tsx";

/** A label in review. */
export interface ReviewItemProps {
  text: Text;
  classes: readonly string[];
  scope: QueueScope;
  last: LastStep | null;
  item: ReviewReasonsProps["reasons"] & {
    id: string;
    drawing: Drawing | null;
    /** Address of the image that models see, dark ink on white. */
    src: string;
    writer: string | null;
    /** ISO time. */
    createdAt: string;
    runId: string | null;
    /** Who left it to review in the grid; null for every other one. */
    leftBy: Actor | null;
    /** The place in the queue after this one. */
    next: string;
  };
}

/** Number of classes up to which each has a button. */
const MANY = 40;

/** The drawing, its label and the model's prediction, with a button for each decision. */
export function ReviewItem({ text, classes, scope, last, item }: ReviewItemProps) {
  const { t } = text;
  const { id, label } = item;
  const suggested = suggestedLabel(item);
  const others = classes.filter((name) => name !== label);
  const skipTo = queuePath({ ...scope, after: item.next }, last !== null && "id" in last ? last : null);
  const key = (name: string) => (
    <span class="key" aria-hidden="true">
      {name}
    </span>
  );
  return (
    <section class="sheet review" aria-labelledby="review-said">
      <ReviewDrawing text={text} drawing={item.drawing} src={item.src} label={label} />
      <form
        class="review-decide"
        method="post"
        action={`/label/${id}`}
        hx-post={`/label/${id}`}
        hx-target="#queue"
        hx-swap="outerHTML"
      >
        <ScopeFields scope={scope} />
        <input type="hidden" name="was" value={label} />
        <h2 id="review-said" class="unseen" tabindex={-1}>
          {reasonHeading(text, item)}
        </h2>
        <Facts text={text} item={item} />
        <div class="review-actions">
          <button class="button button-main" type="submit" name="do" value="confirm" data-do="confirm">
            {t("review.confirm", { label })} {key("↵")}
          </button>
          {suggested === null || suggested === label ? null : (
            <button
              class="button"
              type="submit"
              name={item.by === "opinion" ? "as" : "do"}
              value={item.by === "opinion" ? suggested : "reading"}
              data-do="reading"
            >
              {t("review.isReading", { reading: suggested })} {key(keyName("m", classes))}
            </button>
          )}
        </div>
        {classes.length > MANY ? null : (
          <fieldset class="review-others">
            <legend>{t("review.other")}</legend>
            <div class="digits">
              {classes.map((name) => (
                <button class="button" type="submit" name="as" value={name} data-label={name}>
                  {name}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        <div class="review-actions">
          <button class="button" type="submit" name="do" value="none" data-do="none">
            {t("review.none")} {key(keyName("x", classes))}
          </button>
          <button class="button" type="submit" name="do" value="withdraw" data-do="withdraw">
            {t("review.withdraw")} {key("⌫")}
          </button>
          <a
            class="button"
            href={skipTo}
            data-do="skip"
            hx-get={skipTo}
            hx-target="#queue"
            hx-swap="outerHTML"
          >
            {t("review.skip")} {key("␣")}
          </a>
          <button class="button" type="button" data-do="help" aria-label={t("review.help")} hidden>
            ?
          </button>
        </div>
      </form>
      {classes.length > MANY ? (
        <OtherLabel text={text} id={id} label={label} scope={scope} others={others} />
      ) : null}
    </section>
  );
}

/** The label that the model predicts or, where only a second opinion contradicts the label, that one. */
function suggestedLabel({ by, reading, opinions }: ReviewItemProps["item"]): string | null {
  if (by !== "opinion") return reading;
  return opinions.find((answer) => answer.kind === "label")?.label ?? null;
}

function Facts({ text, item }: Pick<ReviewItemProps, "text" | "item">) {
  const { t } = text;
  const { runId, writer, by, leftBy } = item;
  return (
    <>
      <ReviewReasons text={text} reasons={item} />
      <dl class="facts small">
        {writer === null ? null : (
          <>
            <dt>{t("review.writer")}</dt>
            <dd>{writer}</dd>
          </>
        )}
        <dt>{t("review.created")}</dt>
        <dd>{text.dateTime(item.createdAt)}</dd>
        {leftBy === null ? null : (
          <>
            <dt>{t("review.by")}</dt>
            <dd>{actorWords(text, leftBy)}</dd>
          </>
        )}
        {runId === null || by !== "model" ? null : (
          <>
            <dt>{t("review.run")}</dt>
            <dd>
              <a href={`/runs/${encodeURIComponent(runId)}`}>
                <code>{shortId(runId)}</code>
              </a>
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** Where there are too many classes for a button each. */
function OtherLabel({
  text: { t },
  id,
  label,
  scope,
  others,
}: {
  text: Text;
  id: string;
  label: string;
  scope: QueueScope;
  others: readonly string[];
}) {
  return (
    <form
      class="review-other field"
      method="post"
      action={`/label/${id}`}
      hx-post={`/label/${id}`}
      hx-target="#queue"
      hx-swap="outerHTML"
    >
      <ScopeFields scope={scope} />
      <input type="hidden" name="was" value={label} />
      <label for="review-other">{t("review.other")}</label>
      <select id="review-other" name="as" required>
        <option value="">{t("review.otherChoose")}</option>
        {others.map((name) => (
          <option value={name}>{name}</option>
        ))}
      </select>
      <button class="button" type="submit">
        {t("review.change")}
      </button>
    </form>
  );
}
