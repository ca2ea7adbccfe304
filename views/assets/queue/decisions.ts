import type { Reader } from "../reader.ts";
import { type EntryStorage, StoredEntries } from "../stored-entries.ts";
import type { Answer, Question } from "./question.ts";

/** An answer of this session that can be undone. */
export interface Decision {
  readonly id: string;
  /** Their order. */
  readonly n: number;
  questionId: string;
  /** To show it again at once; null for one that is long ago: the server has it. */
  question: Question | null;
  readonly answer: Answer;
  readonly labeller: string;
  /** The server's id; null until it has stored the answer. */
  decisionId: string | null;
  /** When it was given, in ms since 1970. */
  readonly atMs: number;
  /** Its undo is on its way; or the server has refused that, and the answer stays. */
  undo?: "asked" | "refused";
}

/** The work of a session in numbers. */
export interface Tally {
  /** Labels and "none of these". */
  labelled: number;
  discarded: number;
  undone: number;
  /** Answers per minute over the last `RATE_OVER`; null before there are as many. */
  perMinute: number | null;
}

/** Answers over which the rate is measured. */
export const RATE_OVER = 10;
/** Drawings of older decisions are not kept: the browser's storage has little room. */
const WITH_DRAWING = 200;

const PREFIX = "tegaki.decision.";
const UNDONE_KEY = "tegaki.queue-undone";

/** The answers of this session, which a reload keeps: undone newest first, without limit. */
export class Decisions {
  readonly #storage: Pick<Storage, "getItem" | "setItem"> | null;
  readonly #stored: StoredEntries<Decision>;
  /** Oldest first. */
  #all: Decision[];
  #undone: number;

  /**
   * @param storage sessionStorage: another tab has its own session; null where the browser does not provide it.
   * @param reader whose answers these are.
   */
  constructor(storage: EntryStorage | null, reader: Reader = null) {
    this.#storage = storage;
    this.#stored = new StoredEntries<Decision>(
      storage,
      PREFIX,
      (value) => "answer" in value && "n" in value,
      reader,
    );
    this.#all = this.#stored.all().sort((a, b) => a.n - b.n);
    this.#undone = Number(storage?.getItem(UNDONE_KEY) ?? 0) || 0;
  }

  /** The newest decision of a labeller; null for none. */
  newest(labeller: string): Decision | null {
    return this.#all.findLast((one) => one.labeller === labeller && one.undo === undefined) ?? null;
  }

  get(id: string): Decision | null {
    return this.#all.find((one) => one.id === id) ?? null;
  }

  add(decision: Omit<Decision, "n" | "decisionId" | "undo">): void {
    const added: Decision = { ...decision, n: (this.#all.at(-1)?.n ?? 0) + 1, decisionId: null };
    this.#all.push(added);
    this.#stored.save(added);
    const old = this.#all.at(-1 - WITH_DRAWING);
    if (old === undefined || old.question === null || old.decisionId === null) return;
    old.question = null;
    this.#stored.save(old);
  }

  /** The server has stored it. */
  stored(id: string, decisionId: string): void {
    this.#change(id, (one) => {
      one.decisionId = decisionId;
    });
  }

  /** Its undo is on its way: it counts as undone from now on. */
  undoing(id: string): void {
    this.#change(id, (one) => {
      one.undo = "asked";
    });
  }

  /** The server has refused the undo, and the answer stays. */
  notUndone(id: string): void {
    this.#change(id, (one) => {
      one.undo = "refused";
    });
  }

  /** Undone: it is removed, and counted. One of another tab is counted there. */
  undone(id: string): void {
    if (this.get(id) === null) return;
    this.remove(id);
    this.#undone += 1;
    try {
      this.#storage?.setItem(UNDONE_KEY, String(this.#undone));
    } catch {
      // The number is of this page then.
    }
  }

  /** Removes one that the server has refused. */
  remove(id: string): void {
    this.#all = this.#all.filter((one) => one.id !== id);
    this.#stored.remove(id);
  }

  tally(labeller: string): Tally {
    const own = this.#all.filter((one) => one.labeller === labeller && one.undo !== "asked");
    const discarded = own.filter(({ answer }) => "discard" in answer).length;
    const last = own.slice(-RATE_OVER);
    const ms = last.length < RATE_OVER ? 0 : last.at(-1)!.atMs - last[0]!.atMs;
    return {
      labelled: own.length - discarded,
      discarded,
      undone: this.#undone + this.#all.filter(({ undo }) => undo === "asked").length,
      perMinute: ms <= 0 ? null : ((RATE_OVER - 1) / ms) * 60_000,
    };
  }

  #change(id: string, change: (decision: Decision) => void): void {
    const decision = this.get(id);
    if (decision === null) return;
    change(decision);
    this.#stored.save(decision);
  }
}
