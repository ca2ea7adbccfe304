/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Actor } from "../../../src/domain/actor.ts";
import type { Drawing } from "../../../src/domain/drawing.ts";
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";
import { shortId } from "../runs/run-words.ts";
import { type LastStep, type QueueScope, queuePath } from "./queue-path.ts";
import { ReviewDrawing } from "./review-drawing.tsx";
import { ScopeFields } from "./scope-fields.tsx";

/** A label in review. */
export interface ReviewItemProps {
  text: Text;
  classes: readonly string[];
  scope: QueueScope;
  last: LastStep | null;
  item: {
    id: string;
    label: string;
    /** The class that the screening model predicted; null when it does not know the label. */
    reading: string | null;
    /** The probability that it gave the label, 0..1. */
    p: number | null;
    drawing: Drawing | null;
    /** Address of the image that models see, dark ink on white. */
    src: string;
    writer: string | null;
    /** ISO time. */
    createdAt: string;
    runId: string | null;
    /** Who left it to review in the grid; null for one that a run has put there. */
    by: Actor | null;
    /** The place in the queue after this one. */
    next: string;
  };
}

/** Number of classes up to which each has a button. */
const MANY = 40;

/** The drawing, its label and the model's prediction, with a button for each decision. */
export function ReviewItem({ text, classes, scope, last, item }: ReviewItemProps) {
  const { t } = text;
  const { id, label, reading } = item;
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
          {t("review.said", { label, reading: reading ?? t("value.none") })}
        </h2>
        <Facts text={text} item={item} />
        <div class="review-actions">
          <button class="button button-main" type="submit" name="do" value="confirm" data-do="confirm">
            {t("review.confirm", { label })} {key("↵")}
          </button>
          {reading === null || reading === label ? null : (
            <button class="button" type="submit" name="do" value="reading" data-do="reading">
              {t("review.isReading", { reading })} {key(keyName("m", classes))}
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

function Facts({ text, item }: Pick<ReviewItemProps, "text" | "item">) {
  const { t } = text;
  const { label, reading, runId, writer, by } = item;
  return (
    <>
      <div class="review-answers">
        <p>
          <span class="soft small">{t("review.label")}</span>
          <strong>{label}</strong>
        </p>
        <p>
          <span class="soft small">{t("review.reading")}</span>
          <strong class="review-reading">{reading ?? t("value.none")}</strong>
        </p>
      </div>
      <p class="small">{probabilityWords(text, item)}</p>
      <dl class="facts small">
        {writer === null ? null : (
          <>
            <dt>{t("review.writer")}</dt>
            <dd>{writer}</dd>
          </>
        )}
        <dt>{t("review.created")}</dt>
        <dd>{text.dateTime(item.createdAt)}</dd>
        {by === null ? null : (
          <>
            <dt>{t("review.by")}</dt>
            <dd>{actorWords(text, by)}</dd>
          </>
        )}
        {runId === null || by !== null ? null : (
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

/** Probabilities below this are not told apart. */
const TINY = 0.0001;

function probabilityWords({ t, percent }: Text, { label, reading, p, by }: ReviewItemProps["item"]): string {
  if (by !== null && p === null) return t("review.noScreening");
  if (reading === null || p === null) return t("review.noReading");
  if (p < TINY) return t("review.pTiny", { label });
  return t("review.p", { label, percent: percent(p, p < 0.01 ? 2 : 1) });
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
