import type { Reader, Waiting } from "../reader.ts";
import type { Trouble } from "../request.ts";
import type { EntryStorage } from "../stored-entries.ts";
import type { QueueApi, Refusal } from "./api.ts";
import { Decisions, type Tally } from "./decisions.ts";
import { type Answer, type Check, keyOf, type Left, type Question } from "./question.ts";
import { type AnswerStep, StepOutbox, type UndoStep } from "./step-outbox.ts";
import { type NoQuestion, Supply } from "./supply.ts";

/** Callbacks of a session. */
interface SessionEvents {
  /** The question, the numbers or the state of the outbox are others. */
  changed(): void;
  /** An answer was to a question whose answer is known. */
  checked(answer: Answer, check: Check): void;
  /** An answer is not stored, usually because someone else has the drawing, or has answered. */
  refused(answer: Answer, refusal: Refusal): void;
  /** Nothing is undone. @param refusal null when the answer was never stored. */
  notUndone(refusal: Refusal | null): void;
}

/** The environment of a session. */
export interface SessionParts {
  api: QueueApi;
  /** localStorage and sessionStorage; null where the browser does not provide them. */
  local: EntryStorage | null;
  session: EntryStorage | null;
  /** Who the page is of: what others have left in the storages is neither sent nor changed. */
  reader: Reader;
  labeller(): string;
  order(): string;
  /** How long a lease lasts without renewal, in ms. */
  leaseMs: number;
  nowMs(): number;
  newId(): string;
  /** Runs the action after the delay; returns a function that cancels it. */
  later(action: () => void, delayMs: number): () => void;
  random(): number;
  events: SessionEvents;
}

/** A labeller at work: questions come in advance, answers leave in the background, and each can be undone. */
export class QueueSession {
  readonly #parts: SessionParts;
  readonly #supply: Supply;
  readonly #outbox: StepOutbox;
  readonly #decisions: Decisions;
  /** The undone answers, by question. */
  readonly #was = new Map<string, Answer>();
  #isTroubled = false;
  #why: Trouble | null = null;
  #refused = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { api, local, reader, newId, later, random } = parts;
    this.#decisions = new Decisions(parts.session, reader);
    this.#outbox = new StepOutbox({
      ...{ storage: local, reader, api, newId, later, random },
      events: {
        stored: (step, decisionId, check) => this.#stored(step, decisionId, check),
        refused: (step, refusal) => {
          this.#decisions.remove(step.id);
          this.#was.delete(step.questionId);
          this.#refused += 1;
          this.#supply.drop(step.questionId);
          parts.events.refused(step.answer, refusal);
        },
        undone: (step, question) => this.#undone(step, question),
        notUndone: (step, refusal) => {
          this.#was.delete(step.questionId);
          // Of an answer that is not stored, or no longer, nothing stays.
          if (refusal === null || refusal.why === "gone") this.#decisions.remove(step.of);
          else this.#decisions.notUndone(step.of);
          this.#supply.drop(step.questionId);
          parts.events.notUndone(refusal);
        },
        reached: () => this.#supply.reached(),
        changed: (isTroubled, why) => {
          this.#isTroubled = isTroubled;
          this.#why = why;
          parts.events.changed();
        },
      },
    });
    this.#supply = new Supply({
      ...{ api, leaseMs: parts.leaseMs, later, random },
      labeller: () => parts.labeller(),
      order: () => parts.order(),
      nowMs: () => parts.nowMs(),
      waiting: () => this.#outbox.questions,
      changed: () => parts.events.changed(),
      reached: () => this.#outbox.reached(),
    });
  }

  /** The question on the screen; null when there is none. */
  get current(): Question | null {
    return this.#supply.current;
  }

  /** The question on the screen, and those behind it. */
  get questions(): readonly Question[] {
    return this.#supply.questions;
  }

  /** Why there is no question; a pool whose last answers are on their way is empty. */
  get none(): NoQuestion {
    const { none } = this.#supply;
    return none.kind === "leased" && this.left?.unlabelled === 0 ? { kind: "none" } : none;
  }

  /** Drawings without a label, those deducted whose answers are on their way; null before the server has counted. */
  get left(): Left | null {
    const { left } = this.#supply;
    if (left === null) return null;
    return { ...left, unlabelled: Math.max(0, left.unlabelled - this.#outbox.leaving) };
  }

  get tally(): Tally {
    return this.#decisions.tally(this.#parts.labeller());
  }

  /** Answers, skips and undos that the server does not have yet. */
  get waiting(): { n: number; isTroubled: boolean; why: Trouble | null; unsaved: number } {
    const { waiting: n, unsaved } = this.#outbox;
    return { n, isTroubled: this.#isTroubled, why: this.#why, unsaved };
  }

  /** The entries of other readers, who are not here. */
  get ofOthers(): Waiting[] {
    return this.#outbox.ofOthers;
  }

  /** Number of answers that the server did not store, on this page. */
  get refused(): number {
    return this.#refused;
  }

  get canUndo(): boolean {
    return this.#decisions.newest(this.#parts.labeller()) !== null;
  }

  /** The undone answer to a question; null when there is none. */
  was(questionId: string): Answer | null {
    return this.#was.get(questionId) ?? null;
  }

  /** Sends what an earlier page has left, and takes the first questions. */
  start(): void {
    this.#outbox.flush();
    this.#supply.renew();
  }

  /** Answers the question on the screen; nothing when there is none. */
  answer(answer: Answer): void {
    const question = this.#supply.current;
    if (question === null) return;
    const { labeller, newId, nowMs } = this.#parts;
    const decision = {
      ...{ id: newId(), questionId: question.id, question, answer },
      ...{ labeller: labeller(), atMs: nowMs() },
    };
    this.#was.delete(question.id);
    this.#decisions.add(decision);
    this.#outbox.answer(decision.id, decision.labeller, question.id, answer);
    this.#supply.take();
    this.#parts.events.changed();
  }

  /** Skips the question on the screen; nothing when there is none. */
  skip(): void {
    const question = this.#supply.current;
    if (question === null) return;
    this.#was.delete(question.id);
    this.#outbox.skip(this.#parts.labeller(), question.id);
    this.#supply.take();
    this.#parts.events.changed();
  }

  /**
   * Undoes the newest answer. Its drawing is on the screen again, at once where the page still has it.
   * @returns the answer that is undone, and whether its drawing is on the screen; null when there is none.
   */
  undo(): { answer: Answer; isBack: boolean } | null {
    const decision = this.#decisions.newest(this.#parts.labeller());
    if (decision === null) return null;
    const { id, labeller, questionId, decisionId, question, answer } = decision;
    const way = this.#outbox.undo(id, labeller, questionId, decisionId);
    if (way === "unknown") {
      this.#decisions.remove(id);
      this.#parts.events.notUndone(null);
      return this.undo();
    }
    this.#was.set(questionId, answer);
    if (way === "removed") this.#decisions.undone(id);
    else this.#decisions.undoing(id);
    if (question !== null) this.#supply.putBack({ ...question, id: questionId });
    this.#parts.events.changed();
    return { answer, isBack: question !== null };
  }

  /** The order is another from now on. */
  reorder(): void {
    this.#supply.reorder();
  }

  /** Renews the leases of the page. */
  renew(): void {
    this.#supply.renew();
  }

  /** The number of drawings without a label, from another source. */
  counted(unlabelled: number): void {
    this.#supply.counted(unlabelled);
  }

  /** The network is available again. */
  flush(): void {
    this.#outbox.flush();
    this.#supply.renew();
  }

  /** Returns the questions of the page to the pool, for instance because it closes. */
  release(): void {
    this.#supply.release();
  }

  /** Takes new questions after a release or a sleep. */
  wake(): void {
    this.#supply.wake();
  }

  #stored(step: AnswerStep, decisionId: string, check: Check | null): void {
    this.#decisions.stored(step.id, decisionId);
    if (check !== null) this.#parts.events.checked(step.answer, check);
  }

  /** The page may show it already, or the labeller may have answered it again. */
  #undone(step: UndoStep, question: Question): void {
    const { questionId } = step;
    this.#decisions.undone(step.of);
    const was = this.#was.get(questionId);
    if (was !== undefined && question.id !== questionId) this.#was.set(question.id, was);
    const shown = this.#supply.questions.find(({ id }) => id === questionId);
    if (shown !== undefined) {
      this.#supply.replace(questionId, {
        ...{ ...question, key: keyOf(shown), reason: question.reason ?? shown.reason },
      });
    } else if (!this.#outbox.questions.includes(question.id)) this.#supply.putBack(question);
  }
}
