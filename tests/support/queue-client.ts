import type { Drawing } from "../../src/domain/drawing.ts";
import { handDrawing } from "./unseen-hands.ts";

/** A question as the server puts it. */
export interface Asked {
  id: string;
  strokes: Drawing["strokes"];
  prediction: { label: string; confidence: number; second: { p: number } | null } | null;
  reason: { order: string; value: number | null } | null;
}

/** One label of a test, and what the server has acknowledged of it. */
export interface Given {
  labeller: string;
  question: string;
  /** The ink of the drawing. */
  ink: string;
  label: string;
  /** The id of the decision; null until the answer was acknowledged. */
  decision: string | null;
  undo: "none" | "sent" | "acknowledged";
}

/** The counts of `GET /queue`. */
export interface Counts {
  unlabelled: number;
  leased: number;
  scored: number;
  scored_by: { version: number; n: number }[];
  model_version: number;
  orders: string[];
  refused: { order: string; reason: string }[];
  diversity: { ranked: number; left: number; model_version: number } | null;
}

/** The same text for the same ink. */
export const inkOf = (strokes: Drawing["strokes"]) => JSON.stringify(strokes);

/** Drawings of digits without a label, one a line, as a file to import. */
export function unlabelledLines(n: number, seed: number, writer = "scans"): string {
  return Array.from({ length: n }, (_, i) =>
    JSON.stringify({ writer, ...handDrawing(i % 10, seed + i) }),
  ).join("\n");
}

/** The label queue of a server, as a program uses it. */
export class QueueClient {
  readonly #url: string;

  /** @param url of the server. */
  constructor(url: string) {
    this.#url = `${url}/api/v1`;
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${this.#url}${path}`, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.#url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  counts(): Promise<Counts> {
    return this.get("/queue");
  }

  /** The next questions of a labeller. */
  async next(labeller: string, n: number, order = "newest"): Promise<Asked[]> {
    const { status, body } = await this.post("/queue/next", { labeller, n, order });
    if (status !== 200) throw new Error(`/queue/next: ${status} ${JSON.stringify(body)}`);
    return (body as { questions: Asked[] }).questions;
  }

  /** Sends an answer, and notes the acknowledgement. @throws when the server does not acknowledge it. */
  async answer(given: Given): Promise<void> {
    const { labeller, label, question } = given;
    const path = `/queue/questions/${question}/answer`;
    const { status, body } = await this.post(path, { labeller, answer: { label } });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    given.decision = (body as { decision: { id: string } }).decision.id;
  }

  /** Sends an undo, and notes the acknowledgement. @throws when the server does not acknowledge it. */
  async undo(given: Given): Promise<void> {
    given.undo = "sent";
    const path = `/queue/decisions/${given.decision}/undo`;
    const { status, body } = await this.post(path, { labeller: given.labeller });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    given.undo = "acknowledged";
  }
}
