import { fill } from "../../i18n/fill.ts";
import { othersWait } from "../others-wait.ts";
import { isHere, type Reader } from "../reader.ts";
import { NOT_HERE, type Trouble, troubleKey } from "../request.ts";
import { deleteSample, readSample, sendCorrection, sendLabel } from "./api.ts";
import { browserStorage } from "./browser-storage.ts";
import type { Message, MessageAction, MessageLine } from "./message-line.ts";
import { type LabelBody, type LabelEntry, Outbox } from "./outbox.ts";
import { Session } from "./person/session.ts";
import type { PersonFields } from "./person/who-draws.ts";
import { type AnyInk, imageOf } from "./picture/any-ink.ts";
import { randomId } from "./random-id.ts";
import { correctionTo, isSameMeaning, labelIn, type Meaning } from "./recent/meaning.ts";
import { encodePixels, type Recent, type RecentDrawings } from "./recent/recent-drawings.ts";
import type { ClientTexts } from "./texts.ts";

/** The last action, which can be undone. */
type Undoable =
  | { kind: "label"; id: string; label: string; ink: AnyInk }
  | { kind: "correction"; id: string; before: Meaning };

/** Callbacks of labelling. */
export interface LabellingEvents {
  /**
   * The ink of a label that was undone or refused may return to the pad.
   * @returns false when there is other ink on it.
   */
  restore(ink: AnyInk): boolean;
  /** Labels are others than before, which may change the answer to the ink on the pad. */
  changed(): void;
  /** Whether labels are waiting while the server is not responding. */
  troubled(isTroubled: boolean): void;
}

/** Stores labels and corrections through the outbox, and undoes the last one. */
export class Labelling {
  readonly #outbox: Outbox;
  readonly #session = new Session(randomId, () => Date.now());
  #last: Undoable | null = null;
  #isOffered = false;
  /** The labels that this page is undoing, until nothing of them is stored. */
  readonly #undoing = new Map<string, { label: string; isBack: boolean; note: Message }>();
  readonly #message: MessageLine;
  readonly #texts: ClientTexts;
  readonly #recent: RecentDrawings;
  readonly #events: LabellingEvents;

  /** @param reader who labels on this page: what waits of others stays. */
  constructor(
    message: MessageLine,
    texts: ClientTexts,
    recent: RecentDrawings,
    reader: Reader,
    events: LabellingEvents,
  ) {
    this.#message = message;
    this.#texts = texts;
    this.#recent = recent;
    this.#events = events;
    const storage = browserStorage("localStorage");
    const here = () => isHere(reader, storage);
    this.#outbox = new Outbox({
      ...{ storage, reader },
      send: async (entry) => (here() ? sendLabel(entry) : NOT_HERE),
      correct: async (sampleId, correction) => (here() ? sendCorrection(sampleId, correction) : NOT_HERE),
      remove: async (sampleId) => (here() ? deleteSample(sampleId) : NOT_HERE),
      later(action, delayMs) {
        const timer = setTimeout(action, delayMs);
        return () => clearTimeout(timer);
      },
      random: Math.random,
      events: {
        stored: (entry, sampleId) => this.#stored(entry, sampleId),
        refused: (entry, reason) => this.#refused(entry, reason),
        corrected: (sampleId) => void this.#settle(this.#bySample(sampleId)),
        notCorrected: (sampleId, reason) => this.#notCorrected(sampleId, reason),
        undone: (id) => this.#undone(id),
        notUndone: (id, reason) => this.#notUndone(id, reason),
        gone: (id) => this.#gone(id),
        changed: (...now) => this.#changed(...now),
      },
    });
    window.addEventListener("online", () => this.#outbox.flush());
    // Another tab has stored, sent or added something.
    window.addEventListener("storage", () => this.#tellOfOthers());
    window.addEventListener("beforeunload", (event) => {
      if (this.#outbox.unsaved > 0) event.preventDefault();
    });
    this.#takeUp();
    this.#tellOfOthers();
    this.#outbox.flush();
  }

  /** @param given null for a drawing of none of the classes. */
  store(
    drawing: AnyInk,
    given: string | null,
    predictionId: string | null,
    { writer, sitting }: PersonFields,
  ): void {
    const meaning = given === null ? ({ state: "negative" } as const) : { label: given };
    const body: LabelBody = { ...drawing, ...meaning, session: this.#session.forLabel(), sitting };
    if (predictionId !== null) body.prediction_id = predictionId;
    if (writer !== undefined) body.writer = writer;
    this.#send(body, encodePixels(imageOf(drawing)));
  }

  /** Gives a drawing another meaning, wherever its label is: on the server, waiting, or refused. */
  correct(id: string, meaning: Meaning): void {
    const recent = this.#recent.get(id);
    if (recent === null) return;
    const { body, pixels } = recent;
    if (recent.refused !== null && body !== null) {
      this.#recent.remove(id);
      const { label: _, state: __, ...ink } = body;
      if (meaning.state === "rejected") this.#message.note(this.#texts["client.recent.dropped"]);
      else if (meaning.state === "negative") this.#send({ ...ink, state: "negative" }, pixels);
      else this.#send({ ...ink, label: meaning.label }, pixels);
      return;
    }
    if (isSameMeaning(recent.meaning, meaning)) {
      this.#message.note(fill(this.#texts["client.recent.kept"], { label: this.#nameOf(meaning) }));
      return;
    }
    this.#last = { kind: "correction", id, before: recent.meaning };
    this.#isOffered = false;
    if (!this.#change(recent, meaning)) return;
    this.#message.note(this.#correctedText(recent.meaning, meaning), this.#undoAction(), "done");
  }

  /** Reads what the server has of a drawing: someone may have changed it on another page. */
  async refresh(id: string): Promise<void> {
    const recent = this.#recent.get(id);
    if (recent?.sampleId == null || recent.isPending) return;
    await this.#settle(recent);
  }

  /** Someone else draws from here on. */
  startSession(): void {
    this.#session.end();
    this.#recent.clear();
    this.#last = null;
  }

  /** Backspace on an empty pad: the first press asks, the second undoes. */
  undoLast(): void {
    const last = this.#last;
    if (last === null) this.#message.hint(this.#texts["client.nothingToUndo"]);
    else if (this.#isOffered) this.takeBack();
    else {
      this.#isOffered = true;
      const key = last.kind === "label" ? "client.takeBackOffer" : "client.recent.undoOffer";
      const text = fill(this.#texts[key], { label: this.#lastName(last) });
      this.#message.hint(text, "plain", this.#undoAction());
    }
  }

  /** Withdraws the offer, because the writer did something else. */
  forgetOffer(): void {
    this.#isOffered = false;
  }

  /** Undoes the last label or correction. */
  takeBack(): void {
    const last = this.#last;
    if (last === null) return;
    if (last.kind === "correction") this.#undoCorrection(last);
    else this.#undoLabel(last);
  }

  /** The page shows it undone at once; the outbox sees to it that it is. */
  #undoLabel({ id, label, ink }: Undoable & { kind: "label" }): void {
    this.#last = null;
    this.#isOffered = false;
    const sampleId = this.#recent.get(id)?.sampleId ?? null;
    this.#recent.remove(id);
    const isBack = this.#events.restore(ink);
    const key = isBack ? "client.takingBack" : "client.takingBackOnly";
    const note = this.#message.note(fill(this.#texts[key], { label }));
    this.#undoing.set(id, { label, isBack, note });
    const result = this.#outbox.undo(id, sampleId);
    if (result === "removed") this.#undone(id);
    else if (result === "unknown") {
      this.#undoing.delete(id);
      this.#message.failure(this.#texts["client.recent.gone"]);
    }
  }

  #send(body: LabelBody, pixels: string): void {
    const id = randomId();
    const label = body.label ?? null;
    const meaning: Meaning = label === null ? { state: "negative" } : { state: "labelled", label };
    this.#last = { kind: "label", id, label: this.#nameOf(meaning), ink: body };
    this.#isOffered = false;
    const recent = { id, sampleId: null, meaning, pixels, isPending: true, refused: null, body: null };
    this.#recent.add(recent, body.sitting ?? "");
    const text = fill(this.#texts["client.sending"], { label: this.#nameOf(meaning) });
    this.#message.note(text, this.#undoAction(), "plain", true);
    this.#outbox.add({ id, body });
  }

  /** @returns false, with a message, when nothing is known of the label: a page that is gone has sent it. */
  #change({ id, sampleId }: Recent, meaning: Meaning): boolean {
    this.#recent.change(id, { meaning, isPending: true });
    if (this.#outbox.correct(id, sampleId, correctionTo(meaning))) return true;
    this.#last = null;
    this.#recent.remove(id);
    this.#message.failure(this.#texts["client.recent.gone"]);
    return false;
  }

  #undoCorrection(last: Undoable & { kind: "correction" }): void {
    this.#last = null;
    const recent = this.#recent.get(last.id);
    if (recent === null) this.#message.hint(this.#texts["client.nothingToUndo"]);
    if (recent === null || !this.#change(recent, last.before)) return;
    const key = last.before.state === "rejected" ? "client.recent.withdrawn" : "client.recent.undone";
    this.#message.note(fill(this.#texts[key], { label: this.#nameOf(last.before) }), [], "done");
  }

  #undone(id: string): void {
    const undoing = this.#undoing.get(id);
    this.#undoing.delete(id);
    // The label may have had a part in the answer that is shown.
    this.#events.changed();
    if (undoing === undefined || !this.#message.hasNote(undoing.note)) return;
    const { label, isBack } = undoing;
    const text = fill(this.#texts[isBack ? "client.takenBack" : "client.takenBackOnly"], { label });
    this.#message.note(text, [], "done");
  }

  #notUndone(id: string, reason: string): void {
    const label = this.#undoing.get(id)?.label ?? "";
    this.#undoing.delete(id);
    this.#message.failure(fill(this.#texts["client.takeBackFailed"], { label, reason }));
  }

  /** Another tab has sent it, or undone it. */
  #gone(id: string): void {
    const recent = this.#recent.get(id);
    if (recent?.sampleId == null) this.#recent.remove(id);
    else void this.#settle(recent);
  }

  #stored(entry: LabelEntry, sampleId: string): void {
    this.#recent.change(entry.id, { sampleId, isPending: entry.correction !== undefined });
    const last = this.#last;
    if (last?.kind !== "label" || last.id !== entry.id) return;
    const text = fill(this.#texts["client.stored"], { label: last.label });
    this.#message.note(text, this.#undoAction(), "done");
  }

  #refused(entry: LabelEntry, reason: string): void {
    const last = this.#last?.kind === "label" && this.#last.id === entry.id ? this.#last : null;
    if (last !== null) this.#last = null;
    const label = entry.body.label ?? this.#texts["client.none"];
    this.#message.failure(fill(this.#texts["client.refused"], { label, reason }));
    const isBack = last !== null && this.#events.restore(last.ink);
    if (isBack) this.#recent.remove(entry.id);
    else this.#recent.change(entry.id, { isPending: false, refused: reason, body: entry.body });
  }

  #notCorrected(sampleId: string, reason: string): void {
    const recent = this.#bySample(sampleId);
    if (this.#last?.kind === "correction" && this.#last.id === recent?.id) this.#last = null;
    const label = recent === null ? "" : this.#nameOf(recent.meaning);
    this.#message.failure(fill(this.#texts["client.recent.notCorrected"], { label, reason }));
    void this.#settle(recent);
  }

  /** Nothing of it is waiting any more: what it is, the server says. */
  async #settle(recent: Recent | null): Promise<void> {
    if (recent?.sampleId == null) return;
    const { id, sampleId } = recent;
    const meaning = await readSample(sampleId);
    if (meaning === null) this.#recent.remove(id);
    else if (!this.#outbox.has(id, sampleId)) {
      this.#recent.change(id, { isPending: false, ...(meaning === undefined ? {} : { meaning }) });
    }
    this.#events.changed();
  }

  /** After a reload: what is waiting, and what another page has sent in the meantime. */
  #takeUp(): void {
    for (const recent of [...this.#recent.all]) {
      if (!recent.isPending || this.#outbox.has(recent.id, recent.sampleId)) continue;
      if (recent.sampleId === null) this.#recent.remove(recent.id);
      else void this.#settle(recent);
    }
  }

  #changed(waiting: number, isTroubled: boolean, undoing: number, why: Trouble | null): void {
    const { unsaved } = this.#outbox;
    const isWaiting = isTroubled && waiting + undoing > 0;
    const silent =
      undoing === 0 ? "client.waiting" : waiting === 0 ? "client.undoWaiting" : "client.bothWaiting";
    const said =
      why === null
        ? fill(this.#texts[silent], { n: waiting, undone: undoing })
        : fill(this.#texts[troubleKey(why)], { n: waiting + undoing, reason: why.reason });
    this.#events.troubled(isWaiting);
    const text =
      unsaved > 1 ? fill(this.#texts["client.memoryOnly"], { n: unsaved }) : isWaiting ? said : null;
    this.#message.trouble(text, text === null ? [] : this.#undoAction());
  }

  #tellOfOthers(): void {
    this.#message.aside(othersWait(this.#outbox.ofOthers, this.#texts));
  }

  #bySample(sampleId: string): Recent | null {
    return this.#recent.all.find((recent) => recent.sampleId === sampleId) ?? null;
  }

  #correctedText(before: Meaning, after: Meaning): string {
    const values = { from: this.#nameOf(before), to: this.#nameOf(after), label: this.#nameOf(before) };
    return fill(
      this.#texts[after.state === "rejected" ? "client.recent.withdrawn" : "client.recent.corrected"],
      values,
    );
  }

  #nameOf(meaning: Meaning): string {
    return labelIn(meaning) ?? this.#texts["client.none"];
  }

  #lastName(last: Undoable): string {
    return last.kind === "label" ? last.label : this.#nameOf(last.before);
  }

  #undoAction(): MessageAction[] {
    const last = this.#last;
    if (last === null) return [];
    const text =
      last.kind === "label"
        ? fill(this.#texts["client.takeBack"], { label: last.label })
        : this.#texts["client.recent.undo"];
    return [{ text, press: () => this.takeBack() }];
  }
}
