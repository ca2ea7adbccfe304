import { retryDelayMs } from "../backoff.ts";
import type { QueueApi, Refusal } from "./api.ts";
import type { Left, Question } from "./question.ts";

/** Questions that wait behind the one on the screen. */
const AHEAD = 5;
/** Questions that one request renews, at most. More are held only after undos. */
const MOST = 20;
/** How old a count from elsewhere may be, in ms. */
const COUNT_AGE_MS = 2_000;
/** How soon to look again when everything is with other labellers, in ms. */
const AGAIN_MS = 10_000;

/** Why there is no question. */
export type NoQuestion =
  | { kind: "loading" }
  /** No drawing is without a label. */
  | { kind: "none" }
  /** All are with other labellers, or their answers are on their way. */
  | { kind: "leased" }
  /** The server is not responding. */
  | { kind: "offline" }
  | Refusal;

/** The environment of a supply. */
export interface SupplyParts {
  api: Pick<QueueApi, "next" | "release" | "giveBack">;
  labeller(): string;
  order(): string;
  /** Questions that the outbox still needs: they are renewed, and not shown again. */
  waiting(): readonly string[];
  /** How long a lease lasts without renewal, in ms. */
  leaseMs: number;
  nowMs(): number;
  /** Runs the action after the delay; returns a function that cancels it. */
  later(action: () => void, delayMs: number): () => void;
  random(): number;
  /** The questions, the counts or the reason for none are others. */
  changed(): void;
  /** The server has responded. */
  reached(): void;
}

/**
 * The questions that this page has leased: the first is on the screen, the others wait behind it so that the next drawing
 * needs no request.
 */
export class Supply {
  readonly #parts: SupplyParts;
  #questions: Question[] = [];
  #left: Left | null = null;
  #none: NoQuestion = { kind: "loading" };
  #attempt = 0;
  #isAsking = false;
  /** Whether to ask again when the request under way has ended. */
  #isWanted = false;
  /** Counts changes of the order and the labeller: responses to earlier requests do not count. */
  #generation = 0;
  #callOff: (() => void) | null = null;
  #renewedMs: number;
  /** When the server has last counted. */
  #countedMs = 0;
  /** Whether the page is closed, and needs no questions. */
  #isClosed = false;

  constructor(parts: SupplyParts) {
    this.#parts = parts;
    this.#renewedMs = parts.nowMs();
  }

  /** The question on the screen; null when there is none, see `none`. */
  get current(): Question | null {
    return this.#questions[0] ?? null;
  }

  get questions(): readonly Question[] {
    return this.#questions;
  }

  /** Why there is no question now. */
  get none(): NoQuestion {
    return this.#none;
  }

  /** As the server last counted; null before it has. */
  get left(): Left | null {
    return this.#left;
  }

  /** Takes the question from the screen, and looks for more. */
  take(): Question | null {
    const taken = this.#questions.shift() ?? null;
    if (taken !== null) this.fill();
    return taken;
  }

  /** Puts a question on the screen, before the one that is there. */
  putBack(question: Question): void {
    this.#questions = [question, ...this.#questions.filter(({ id }) => id !== question.id)];
    this.#parts.changed();
  }

  /** Replaces a question by what the server now has of it, wherever it waits; nothing when it does not. */
  replace(id: string, question: Question): void {
    const index = this.#questions.findIndex((one) => one.id === id);
    if (index < 0) return;
    this.#questions = this.#questions.with(index, question);
    this.#parts.changed();
  }

  /** Removes a question that is no longer the labeller's. */
  drop(id: string): void {
    this.#questions = this.#questions.filter((one) => one.id !== id);
    this.#parts.changed();
    this.fill();
  }

  /** Looks for as many questions as are missing, if any. */
  fill(): void {
    if (this.#missing() > 0) void this.#ask();
  }

  /** Takes the number of drawings without a label from another source, unless the own one is as new. */
  counted(unlabelled: number): void {
    const isOlder = this.#parts.nowMs() - this.#countedMs < COUNT_AGE_MS;
    if (this.#left !== null && !isOlder && !this.#isAsking && this.#parts.waiting().length === 0) {
      this.#left = { ...this.#left, unlabelled };
    }
    this.#parts.changed();
  }

  /** The server has responded to another request: missing questions are fetched now, instead of after the delay. */
  reached(): void {
    const hasFailed = this.#attempt > 0;
    if (this.#isClosed || (!hasFailed && this.#questions.length > 0)) return;
    this.#attempt = 0;
    if (hasFailed) this.#none = { kind: "loading" };
    if (hasFailed) this.#parts.changed();
    this.fill();
  }

  /** Renews the leases, and looks for missing questions. After a sleep that was longer than a lease, see `wake`. */
  renew(): void {
    if (this.#isExpired()) this.wake();
    else void this.#ask();
  }

  /**
   * The leases may have ended: the questions behind the one on the screen are replaced. That one stays, because its reader
   * may be about to answer it; when someone else has it, the answer is refused.
   */
  wake(): void {
    this.#isClosed = false;
    this.#questions = this.#questions.slice(0, 1);
    this.#generation += 1;
    void this.#ask();
  }

  /** The order is another: the questions behind the one on the screen return to the pool. */
  reorder(): void {
    const ids = this.#questions.slice(1).map(({ id }) => id);
    if (ids.length === 0) {
      this.wake();
      return;
    }
    this.#questions = this.#questions.slice(0, 1);
    this.#generation += 1;
    // They are offered again in the new order, so they must be back before the next request.
    void this.#parts.api.giveBack(this.#parts.labeller(), ids).then(() => this.wake());
  }

  /** Returns all questions to the pool, but for those whose answers are on their way; `wake` takes new ones. */
  release(): void {
    this.#isClosed = true;
    this.#generation += 1;
    this.#callOff?.();
    this.#callOff = null;
    const waiting = new Set(this.#parts.waiting());
    const ids = this.#questions.map(({ id }) => id).filter((id) => !waiting.has(id));
    if (ids.length > 0) this.#parts.api.release(this.#parts.labeller(), ids);
    this.#questions = [];
  }

  #isExpired(): boolean {
    return this.#parts.nowMs() - this.#renewedMs > this.#parts.leaseMs;
  }

  #missing(): number {
    return Math.max(0, Math.min(1 + AHEAD - this.#questions.length, MOST - this.#holding().length));
  }

  #holding(): string[] {
    return [...new Set([...this.#questions.map(({ id }) => id), ...this.#parts.waiting()])];
  }

  async #ask(): Promise<void> {
    this.#isWanted = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#callOff?.();
    this.#callOff = null;
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#askOnce();
    }
    this.#isAsking = false;
  }

  async #askOnce(): Promise<void> {
    const { nowMs } = this.#parts;
    const generation = this.#generation;
    const startedMs = nowMs();
    const asker = this.#parts.labeller();
    const result = await this.#next(asker, generation);
    if (result.kind !== "retry") this.#parts.reached();
    if (generation !== this.#generation) {
      if (result.kind === "questions") this.#return(asker, result.questions);
      this.#isWanted = !this.#isClosed;
      return;
    }
    if (result.kind === "questions") {
      this.#attempt = 0;
      this.#renewedMs = startedMs;
      this.#left = result.left;
      this.#countedMs = nowMs();
      this.#add(result.questions);
      this.#none = result.left.unlabelled === 0 ? { kind: "none" } : { kind: "leased" };
      if (this.#missing() > 0) this.#again(AGAIN_MS);
    } else if (result.kind === "refused") {
      this.#none = result;
      this.#again(AGAIN_MS);
    } else {
      this.#attempt += 1;
      const { why, afterMs } = result;
      this.#none =
        why === undefined ? { kind: "offline" } : { kind: "refused", reason: why.reason, why: "other" };
      this.#again(retryDelayMs(this.#attempt, this.#parts.random(), afterMs));
    }
    this.#parts.changed();
  }

  /** Takes missing questions, and renews those that the page holds, in as many requests as they need. */
  async #next(labeller: string, generation: number): ReturnType<QueueApi["next"]> {
    const { api, order } = this.#parts;
    const [first = [], ...more] = partsOf(this.#holding(), MOST);
    const result = await api.next({ labeller, order: order(), n: this.#missing(), holding: first });
    for (const holding of more) {
      if (result.kind !== "questions" || generation !== this.#generation) break;
      const renewed = await api.next({ labeller, order: order(), n: 0, holding });
      if (renewed.kind !== "questions") return renewed;
    }
    return result;
  }

  /** Adds the questions that are neither here nor answered. */
  #add(questions: readonly Question[]): void {
    const known = new Set(this.#holding());
    this.#questions.push(...questions.filter(({ id }) => !known.has(id)));
  }

  /** Questions that came too late: what is on the screen or on its way stays leased. */
  #return(labeller: string, questions: readonly Question[]): void {
    const needed = new Set(this.#holding());
    const ids = questions.map(({ id }) => id).filter((id) => !needed.has(id));
    if (ids.length > 0) this.#parts.api.release(labeller, ids);
  }

  #again(delayMs: number): void {
    this.#callOff?.();
    this.#callOff = this.#parts.later(() => {
      this.#callOff = null;
      void this.#ask();
    }, delayMs);
  }
}

function partsOf(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, i) => ids.slice(i * size, (i + 1) * size));
}
