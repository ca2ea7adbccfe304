import { retryDelayMs } from "../backoff.ts";
import type { Reader, Waiting } from "../reader.ts";
import type { Retry, Trouble } from "../request.ts";
import { type EntryStorage, StoredEntries } from "../stored-entries.ts";
import type { QueueApi, Refusal } from "./api.ts";
import type { Answer, Check, Question } from "./question.ts";

/** One thing that a labeller has done and the server is still to be told. */
export type Step = AnswerStep | SkipStep | UndoStep;

interface StepFields {
  readonly id: string;
  /** Steps are sent in the order of this number. */
  readonly n: number;
  readonly labeller: string;
  /** The question; an undo may have brought it back under another id. */
  questionId: string;
  /** The server may have it, although it did not respond. */
  wasSent?: true;
}

/** An answer; its id is that of the page's decision. */
export interface AnswerStep extends StepFields {
  readonly kind: "answer";
  readonly answer: Answer;
}

interface SkipStep extends StepFields {
  readonly kind: "skip";
}

/** The undo of an answer. */
export interface UndoStep extends StepFields {
  readonly kind: "undo";
  /** The page's decision. */
  readonly of: string;
  /** The server's decision; null until it has stored the answer, which is sent before. */
  decisionId: string | null;
}

/** Callbacks of the outbox. */
interface StepEvents {
  stored(step: AnswerStep, decisionId: string, check: Check | null): void;
  /** Nothing is stored, usually because someone else has the drawing, or has answered. */
  refused(step: AnswerStep, refusal: Refusal): void;
  /** The question belongs to the labeller again; `question.id` may differ from `step.questionId`. */
  undone(step: UndoStep, question: Question): void;
  /** Nothing is undone. Null when the answer was never stored. */
  notUndone(step: UndoStep, refusal: Refusal | null): void;
  /** The server has responded. */
  reached(): void;
  /** After each change. @param isTroubled whether the last attempt failed. @param why if the server has said so. */
  changed(isTroubled: boolean, why: Trouble | null): void;
}

/** The environment of an outbox. */
export interface StepOutboxParts {
  /** localStorage, or null where the browser does not provide it. */
  storage: EntryStorage | null;
  /** Who answers on this page: what others have left in the storage is neither sent nor changed. */
  reader: Reader;
  api: Pick<QueueApi, "answer" | "skip" | "undo">;
  newId(): string;
  /** Runs the action after the delay; returns a function that cancels it. */
  later(action: () => void, delayMs: number): () => void;
  random(): number;
  events: StepEvents;
}

const PREFIX = "tegaki.queue.";

/**
 * Answers, skips and undos that the server has not acknowledged. Each is in the browser's storage before it is sent, and
 * leaves it only when the server has responded, so neither a closed page nor a lost connection loses one. Sent one at a
 * time, in the order in which they were given: an answer, its undo and the next answer to the same question end as they
 * were meant. The server stores an answer once, however often it is sent. Each is sent only from a page of the reader under
 * whom it was made.
 */
export class StepOutbox {
  readonly #parts: StepOutboxParts;
  readonly #stored: StoredEntries<Step>;
  #steps: Step[];
  /** Steps of an earlier page, which another tab may have taken up as well. */
  readonly #takenUp: ReadonlySet<string>;
  #isSending = false;
  #attempt = 0;
  #why: Trouble | null = null;
  #callOff: (() => void) | null = null;

  constructor(parts: StepOutboxParts) {
    this.#parts = parts;
    this.#stored = new StoredEntries<Step>(
      parts.storage,
      PREFIX,
      (value) => "kind" in value && "questionId" in value && "n" in value,
      parts.reader,
    );
    this.#steps = this.#stored.all().sort((a, b) => a.n - b.n);
    this.#takenUp = new Set(this.#steps.map(({ id }) => id));
  }

  /** Number of steps that the server has not acknowledged. */
  get waiting(): number {
    return this.#steps.length;
  }

  /** Number of steps that would be lost with the page, because the browser's storage refused them. */
  get unsaved(): number {
    return this.#stored.unsaved;
  }

  /** The entries of other readers, who are not here. */
  get ofOthers(): Waiting[] {
    return this.#stored.ofOthers();
  }

  /** Questions whose answer or skip waits, and which the labeller therefore still needs. */
  get questions(): string[] {
    return [...new Set(this.#steps.map(({ questionId }) => questionId))];
  }

  /** Number of drawings that leave the pool when everything has been sent. */
  get leaving(): number {
    const answers = this.#steps.filter(({ kind }) => kind === "answer").length;
    return answers - this.#steps.filter(({ kind }) => kind === "undo").length;
  }

  /** @param id of the page's decision. */
  answer(id: string, labeller: string, questionId: string, answer: Answer): void {
    this.#add({ kind: "answer", id, n: this.#nextN(), labeller, questionId, answer });
  }

  skip(labeller: string, questionId: string): void {
    this.#add({ kind: "skip", id: this.#parts.newId(), n: this.#nextN(), labeller, questionId });
  }

  /**
   * Undoes an answer: one that was certainly never sent is removed, any other is undone on the server.
   * @param of the page's decision. @param decisionId null while the server has not acknowledged the answer.
   * @returns "unknown" when nothing is known of the answer.
   */
  undo(
    of: string,
    labeller: string,
    questionId: string,
    decisionId: string | null,
  ): "removed" | "undoing" | "unknown" {
    const waiting = this.#steps.find(({ id }) => id === of);
    if (waiting === undefined && decisionId === null) return "unknown";
    if (waiting !== undefined && this.#wasNeverSent(waiting)) {
      this.#remove(of);
      return "removed";
    }
    const id = this.#parts.newId();
    this.#add({ kind: "undo", id, n: this.#nextN(), labeller, questionId, of, decisionId });
    return "undoing";
  }

  /** Tries to send now, for instance because the network is available again. */
  flush(): void {
    this.#callOff?.();
    this.#callOff = null;
    void this.#sendAll();
  }

  /**
   * The server has responded to another request: what waits for its time is sent now, but for what it has answered that the
   * role does not allow.
   */
  reached(): void {
    if (this.#callOff !== null && this.#why?.kind !== "notAllowed") this.flush();
  }

  #add(step: Step): void {
    this.#steps.push(step);
    this.#stored.save(step);
    this.#report();
    if (this.#callOff === null) void this.#sendAll();
  }

  #nextN(): number {
    return (this.#steps.at(-1)?.n ?? 0) + 1;
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let step = this.#steps[0]; step !== undefined; step = this.#steps[0]) {
        if (this.#takenUp.has(step.id) && this.#stored.get(step.id) === null) {
          this.#drop(step, () => {});
          continue;
        }
        const retry = await this.#send(step);
        if (retry === null) continue;
        this.#attempt += 1;
        this.#why = retry.why ?? null;
        this.#report();
        const delayMs = retryDelayMs(this.#attempt, this.#parts.random(), retry.afterMs);
        this.#callOff = this.#parts.later(() => this.flush(), delayMs);
        return;
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** @returns when it must be tried again later; null when it need not. */
  #send(step: Step): Promise<Retry | null> {
    if (step.wasSent !== true) {
      step.wasSent = true;
      this.#stored.save(step);
    }
    if (step.kind === "answer") return this.#sendAnswer(step);
    return step.kind === "skip" ? this.#sendSkip(step) : this.#sendUndo(step);
  }

  async #sendAnswer(step: AnswerStep): Promise<Retry | null> {
    const { api, events } = this.#parts;
    const result = await api.answer(step.questionId, step.labeller, step.answer);
    if (result.kind === "retry") return result;
    this.#end(step, () => {
      if (result.kind === "refused") {
        // There is nothing to undo then.
        for (const { id } of this.#undosOf(step)) this.#remove(id);
        return events.refused(step, result);
      }
      for (const undo of this.#undosOf(step)) {
        undo.decisionId = result.decisionId;
        this.#stored.save(undo);
      }
      events.stored(step, result.decisionId, result.check);
    });
    return null;
  }

  #undosOf({ id }: AnswerStep): UndoStep[] {
    return this.#steps.filter((one): one is UndoStep => one.kind === "undo" && one.of === id);
  }

  /** A skip that is refused is of a drawing that is gone, which is as good. */
  async #sendSkip(step: SkipStep): Promise<Retry | null> {
    const result = await this.#parts.api.skip(step.questionId, step.labeller);
    if (result.kind === "retry") return result;
    this.#end(step, () => {});
    return null;
  }

  async #sendUndo(step: UndoStep): Promise<Retry | null> {
    const { api, events } = this.#parts;
    if (step.decisionId === null) {
      this.#drop(step, () => events.notUndone(step, null));
      return null;
    }
    const result = await api.undo(step.decisionId, step.labeller);
    if (result.kind === "retry") return result;
    this.#end(step, () => {
      if (result.kind === "refused") return events.notUndone(step, result);
      this.#rename(step.questionId, result.question.id);
      events.undone(step, result.question);
    });
    return null;
  }

  /** The steps that follow are about the question that the undo has brought back. */
  #rename(from: string, to: string): void {
    for (const step of this.#steps) {
      if (from === to || step.questionId !== from) continue;
      step.questionId = to;
      this.#stored.save(step);
    }
  }

  /** Whether neither this page nor another can have sent it. */
  #wasNeverSent(step: Step): boolean {
    if (step.wasSent) return false;
    if (this.#stored.isInMemoryOnly(step.id)) return true;
    const stored = this.#stored.get(step.id);
    return stored !== null && stored.wasSent !== true;
  }

  /** The server has responded. */
  #end(step: Step, note: () => void): void {
    this.#attempt = 0;
    this.#why = null;
    this.#drop(step, note);
    this.#parts.events.reached();
  }

  /** The step leaves the storage after its result has been noted, and the list before. */
  #drop(step: Step, note: () => void): void {
    this.#steps = this.#steps.filter(({ id }) => id !== step.id);
    note();
    this.#stored.remove(step.id);
    this.#report();
  }

  #remove(id: string): void {
    this.#steps = this.#steps.filter((step) => step.id !== id);
    this.#stored.remove(id);
    this.#report();
  }

  #report(): void {
    this.#parts.events.changed(this.#attempt > 0 && this.#steps.length > 0, this.#why);
  }
}
