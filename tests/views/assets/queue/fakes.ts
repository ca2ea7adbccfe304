import type { QueueApi } from "../../../../views/assets/queue/api.ts";
import type { Answer, Question } from "../../../../views/assets/queue/question.ts";

/** A question without a prediction. */
export function question(id: string): Question {
  const image = { rows: 28, cols: 28, pixels: new Array(784).fill(0) };
  return { id, width: 10, height: 10, strokes: [[[1, 2]]], image, prediction: null, reason: null };
}

/** Timers that a test runs by hand. */
export class Timers {
  #pending: { action: () => void; delayMs: number }[] = [];

  readonly later = (action: () => void, delayMs: number): (() => void) => {
    const timer = { action, delayMs };
    this.#pending.push(timer);
    return () => {
      this.#pending = this.#pending.filter((one) => one !== timer);
    };
  };

  /** Runs one of those that wait, by its place in `delays`. */
  async runNth(i: number): Promise<void> {
    const [timer] = this.#pending.splice(i, 1);
    timer?.action();
    await settled();
  }

  get delays(): number[] {
    return this.#pending.map(({ delayMs }) => delayMs);
  }

  /** Runs what waits now, and lets its promises settle. */
  async run(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    for (const { action } of pending) action();
    await settled();
  }
}

/** Lets everything that waits for a resolved promise run. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve();
}

/** The state of a drawing on the server. */
interface Item {
  id: string;
  lease: string | null;
  decision: { id: string; labeller: string; answer: Answer } | null;
}

/** A server with a pool, in memory, as the API describes it. `calls` are the requests in their order. */
export class FakeQueue implements QueueApi {
  readonly calls: string[] = [];
  /** Questions whose leases were renewed, and how many each request renewed. */
  readonly renewed: string[] = [];
  readonly sizes: number[] = [];
  readonly items: Item[];
  /** Whether requests are lost before the server has them. */
  isDown = false;
  /** Whether responses are lost: the server has done what was requested. */
  isMute = false;
  /** Questions that an undo brings back have another id. */
  renames = false;
  /** Whether everything that was in the pool is deleted. */
  isGone = false;
  /** Whether the labels have been changed since, so that no answer is undone. */
  isChanged = false;
  #decisions = 0;

  constructor(n: number) {
    this.items = Array.from({ length: n }, (_, i) => ({ id: `q${i + 1}`, lease: null, decision: null }));
  }

  /** The answers in force, by question. */
  get stored(): Record<string, string> {
    return Object.fromEntries(
      this.items.flatMap(({ id, decision }) =>
        decision === null
          ? []
          : [[id, "label" in decision.answer ? decision.answer.label : Object.keys(decision.answer)[0]!]],
      ),
    );
  }

  item(id: string): Item {
    return this.items.find((one) => one.id === id)!;
  }

  next: QueueApi["next"] = async ({ labeller, n, holding }) => {
    this.calls.push(`next ${n} holding ${holding.length}`);
    if (this.isDown) return { kind: "retry" };
    this.renewed.push(...holding);
    this.sizes.push(holding.length);
    const free = this.items.filter(
      ({ id, lease, decision }) =>
        decision === null && !holding.includes(id) && (lease === null || lease === labeller),
    );
    const taken = free.slice(0, n);
    for (const item of taken) item.lease = labeller;
    const open = this.items.filter(({ decision }) => decision === null);
    const left = { unlabelled: open.length, leased: open.filter(({ lease }) => lease !== null).length };
    return { kind: "questions", questions: taken.map(({ id }) => question(id)), left };
  };

  answer: QueueApi["answer"] = async (id, labeller, answer) => {
    this.calls.push(`answer ${id} ${"label" in answer ? answer.label : Object.keys(answer)[0]}`);
    if (this.isDown) return { kind: "retry" };
    const item = this.items.find((one) => one.id === id);
    const taken = { kind: "refused", reason: "someone else", why: "taken" } as const;
    if (this.isGone) return { kind: "refused", reason: "no question", why: "gone" };
    if (item === undefined || (item.lease !== null && item.lease !== labeller)) return taken;
    if (item.decision !== null && JSON.stringify(item.decision.answer) !== JSON.stringify(answer))
      return taken;
    if (item.decision === null) {
      this.#decisions += 1;
      item.decision = { id: `d${this.#decisions}`, labeller, answer };
    }
    if (this.isMute) return { kind: "retry" };
    return { kind: "stored", decisionId: item.decision.id, check: null };
  };

  skip: QueueApi["skip"] = async (id) => {
    this.calls.push(`skip ${id}`);
    if (this.isDown) return { kind: "retry" };
    const index = this.items.findIndex((one) => one.id === id);
    const [item] = this.items.splice(index, 1);
    this.items.push({ ...item!, lease: null });
    return { kind: "skipped" };
  };

  undo: QueueApi["undo"] = async (decisionId, labeller) => {
    this.calls.push(`undo ${decisionId}`);
    if (this.isDown) return { kind: "retry" };
    if (this.isGone) return { kind: "refused", reason: "no decision", why: "gone" };
    if (this.isChanged) return { kind: "refused", reason: "changed since", why: "taken" };
    const item = this.items.find(({ decision }) => decision?.id === decisionId);
    if (item === undefined || item.decision?.labeller !== labeller) {
      return { kind: "refused", reason: "undone already", why: "taken" } as const;
    }
    item.decision = null;
    item.lease = labeller;
    if (this.renames) item.id = `${item.id}'`;
    return { kind: "undone", question: question(item.id) };
  };

  giveBack: QueueApi["giveBack"] = async (labeller, ids) => this.release(labeller, ids);

  release: QueueApi["release"] = (labeller, ids) => {
    this.calls.push(`release ${ids.join(" ")}`);
    for (const item of this.items) if (ids.includes(item.id) && item.lease === labeller) item.lease = null;
  };
}
