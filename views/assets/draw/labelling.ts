import type { Drawing, Stroke } from "../../../src/domain/drawing.ts";
import { fill } from "../../i18n/fill.ts";
import { deleteSample, sendLabel } from "./api.ts";
import type { MessageLine } from "./message-line.ts";
import { type LabelBody, Outbox, type OutboxEntry } from "./outbox.ts";
import { randomId } from "./random-id.ts";
import { Session } from "./session.ts";
import type { ClientTexts } from "./texts.ts";
import type { PersonFields } from "./who-draws.ts";

interface LastLabel {
  entryId: string;
  label: string;
  strokes: readonly Stroke[];
  /** Known once the server has stored it. */
  sampleId: string | null;
  /** The writer has undone it while it is still being sent. */
  isUnwanted: boolean;
}

/** Stores labels through the outbox, and undoes the last one. */
export class Labelling {
  readonly #outbox: Outbox;
  readonly #session = new Session(randomId, () => Date.now());
  #last: LastLabel | null = null;
  #isOffered = false;
  readonly #message: MessageLine;
  readonly #texts: ClientTexts;
  /** Restores the strokes of an undone label on the pad. */
  readonly #restore: (strokes: readonly Stroke[]) => void;

  constructor(message: MessageLine, texts: ClientTexts, restore: (strokes: readonly Stroke[]) => void) {
    this.#message = message;
    this.#texts = texts;
    this.#restore = restore;
    this.#outbox = new Outbox({
      storage: browserStorage(),
      send: sendLabel,
      later(action, delayMs) {
        const timer = setTimeout(action, delayMs);
        return () => clearTimeout(timer);
      },
      random: Math.random,
      events: {
        stored: (entry, sampleId) => this.#stored(entry, sampleId),
        refused: (entry, reason) => this.#refused(entry, reason),
        changed: (waiting, isTroubled) => this.#changed(waiting, isTroubled),
      },
    });
    window.addEventListener("online", () => this.#outbox.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.#outbox.unsaved > 0) event.preventDefault();
    });
    this.#outbox.flush();
  }

  /** @param given null for a drawing of none of the classes. */
  store(
    drawing: Drawing,
    given: string | null,
    predictionId: string | null,
    { writer, sitting }: PersonFields,
  ): void {
    const meaning = given === null ? ({ state: "negative" } as const) : { label: given };
    const body: LabelBody = { ...drawing, ...meaning, session: this.#session.forLabel(), sitting };
    const label = given ?? this.#texts["client.none"];
    if (predictionId !== null) body.prediction_id = predictionId;
    if (writer !== undefined) body.writer = writer;
    const entryId = randomId();
    this.#last = { entryId, label, strokes: drawing.strokes, sampleId: null, isUnwanted: false };
    this.#isOffered = false;
    this.#message.show(fill(this.#texts["client.sending"], { label }), this.#takeBackText());
    this.#outbox.add({ id: entryId, body });
  }

  /** Someone else draws from here on. */
  startSession(): void {
    this.#session.end();
  }

  /** Backspace on an empty pad: the first press asks, the second undoes. */
  undoLast(): void {
    if (this.#last === null || this.#last.isUnwanted) this.#message.say(this.#texts["client.nothingToUndo"]);
    else if (this.#isOffered) void this.takeBack();
    else {
      this.#isOffered = true;
      const { label } = this.#last;
      this.#message.say(fill(this.#texts["client.takeBackOffer"], { label }), this.#takeBackText());
    }
  }

  /** Withdraws the offer, because the writer did something else. */
  forgetOffer(): void {
    this.#isOffered = false;
  }

  async takeBack(): Promise<void> {
    const last = this.#last;
    if (last === null || last.isUnwanted) return;
    last.isUnwanted = true;
    if (this.#outbox.withdraw(last.entryId)) this.#tookBack(last);
    else if (last.sampleId !== null) await this.#delete(last, last.sampleId);
  }

  async #delete(last: LastLabel, sampleId: string): Promise<void> {
    const reason = await deleteSample(sampleId);
    if (reason === null) return this.#tookBack(last);
    last.isUnwanted = false;
    const values = { label: last.label, reason: reason || this.#texts["client.unreachable"] };
    this.#message.say(fill(this.#texts["client.takeBackFailed"], values), this.#takeBackText());
  }

  #tookBack(last: LastLabel): void {
    if (this.#last === last) this.#last = null;
    this.#message.say(fill(this.#texts["client.takenBack"], { label: last.label }));
    this.#restore(last.strokes);
  }

  #stored(entry: OutboxEntry, sampleId: string): void {
    const last = this.#last;
    if (last === null || last.entryId !== entry.id) return;
    last.sampleId = sampleId;
    if (last.isUnwanted) void this.#delete(last, sampleId);
    else this.#message.say(fill(this.#texts["client.stored"], { label: last.label }), this.#takeBackText());
  }

  #refused(entry: OutboxEntry, reason: string): void {
    const isLast = this.#last?.entryId === entry.id;
    const strokes = this.#last?.strokes ?? [];
    if (isLast) this.#last = null;
    this.#message.say(
      fill(this.#texts["client.refused"], { label: entry.body.label ?? this.#texts["client.none"], reason }),
    );
    if (isLast) this.#restore(strokes);
  }

  #changed(waiting: number, isTroubled: boolean): void {
    if (this.#outbox.unsaved > 1) {
      this.#message.show(
        fill(this.#texts["client.memoryOnly"], { n: this.#outbox.unsaved }),
        this.#takeBackText(),
      );
    } else if (isTroubled && waiting > 0) {
      this.#message.say(fill(this.#texts["client.waiting"], { n: waiting }), this.#takeBackText());
    }
  }

  #takeBackText(): string | null {
    return this.#last === null ? null : fill(this.#texts["client.takeBack"], { label: this.#last.label });
  }
}

/** The browser's storage; null where it is forbidden, as in some private windows. */
function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
