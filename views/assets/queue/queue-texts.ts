import type { MessageKey } from "../../i18n/en.ts";
import { fill } from "../../i18n/fill.ts";
import { numberText } from "../../i18n/number-text.ts";
import { percentText } from "../../i18n/percent.ts";
import type { ClientTexts } from "../draw/texts.ts";
import type { OthersKey } from "../others-wait.ts";
import type { Refusal } from "./api.ts";
import type { Answer, Question } from "./question.ts";

/** The texts of the queue's script: its own, and those of the Draw page that say the same. */
export type QueueTexts = Readonly<Record<Extract<MessageKey, `queue.client.${string}`>, string>> &
  Pick<
    ClientTexts,
    | "client.typing"
    | "client.mistyped"
    | "client.notFound"
    | "client.none"
    | "client.notAccepted"
    | "client.noAnswer"
    | "client.nothingToUndo"
    | "client.waiting"
    | "client.loggedOut"
    | "client.notAllowed"
    | OthersKey
    | "client.tooMany"
    | "client.memoryOnly"
  >;

/** The words for questions and answers in the reader's language. */
export class QueueWords {
  readonly texts: QueueTexts;
  readonly #language: string;

  constructor(texts: QueueTexts, language: string) {
    this.texts = texts;
    this.#language = language;
  }

  t(key: keyof QueueTexts, values?: Readonly<Record<string, string | number>>): string {
    return fill(this.texts[key], values);
  }

  number(value: number, digits = 0): string {
    return numberText(value, this.#language, digits);
  }

  percent(share: number): string {
    return percentText(share, this.#language, 0);
  }

  /** The name of an answer, in other sentences. */
  nameOf(answer: Answer): string {
    if ("label" in answer) return answer.label;
    return this.texts["none" in answer ? "client.none" : "queue.client.discardName"];
  }

  /** The result of an answer. */
  given(answer: Answer): string {
    if ("label" in answer) return this.t("queue.client.labelled", { label: answer.label });
    return this.texts["none" in answer ? "queue.client.noneGiven" : "queue.client.discarded"];
  }

  /** Why an answer is not stored. */
  notStored(answer: Answer, { why, reason }: Refusal): string {
    const key = {
      gone: "queue.client.gone",
      taken: "queue.client.taken",
      other: "queue.client.refused",
    } as const;
    return this.t(key[why], { label: this.nameOf(answer), reason });
  }

  /** Why nothing is undone. @param refusal null when the answer was never stored. */
  notUndone(refusal: Refusal | null): string {
    if (refusal === null) return this.texts["queue.client.nothingStored"];
    const { why, reason } = refusal;
    const key = {
      gone: "queue.client.goneSince",
      taken: "queue.client.changedSince",
      other: "queue.client.notUndone",
    } as const;
    return this.t(key[why], { reason });
  }

  /** Why a question comes now; "" when no order is known. */
  reason({ reason }: Question): string {
    if (reason === null) return "";
    const text = (this.texts as Readonly<Record<string, string>>)[`queue.client.reason.${reason.order}`];
    return text === undefined ? "" : fill(text, { value: this.#value(reason) });
  }

  #value({ order, value }: NonNullable<Question["reason"]>): string {
    if (value === null) return "";
    if (order === "least_confidence") return this.percent(1 - value);
    return order === "margin" ? this.percent(value) : this.number(value, 2);
  }
}
