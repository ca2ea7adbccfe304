import { bodyOf, isNotAllowed, isTransient, type Retry, reasonOf, retryOf, send } from "../request.ts";
import type { Answer, Check, Left, Question } from "./question.ts";

const BASE = "/api/v1/queue";

/** Why the server will never accept a request. */
export interface Refusal {
  kind: "refused";
  reason: string;
  /** The drawing is no longer there; or someone else has it, or has changed it. */
  why: "gone" | "taken" | "other";
}

/** A request that the server will never accept, or one to try again. */
type Failed = Refusal | Retry;

/** Questions that now belong to the labeller. */
type NextResult = { kind: "questions"; questions: Question[]; left: Left } | Failed;

/** A stored answer, with the id of its decision. */
type AnswerResult = { kind: "stored"; decisionId: string; check: Check | null } | Failed;

/** The question that an undo has brought back, leased to the labeller again. */
type UndoResult = { kind: "undone"; question: Question } | Failed;

/** The result of a request without content. */
type SkipResult = { kind: "skipped" } | Failed;

/** The body of `POST /queue/next`. */
interface NextBody {
  labeller: string;
  order: string;
  /** Questions to lease besides those that are held; 0 only renews the leases. */
  n: number;
  /** Questions of the page, whose leases are renewed. */
  holding: string[];
}

/** The requests of the queue, which tests replace. */
export interface QueueApi {
  next(body: NextBody): Promise<NextResult>;
  /** Repeating it is safe. */
  answer(questionId: string, labeller: string, answer: Answer): Promise<AnswerResult>;
  skip(questionId: string, labeller: string): Promise<SkipResult>;
  undo(decisionId: string, labeller: string): Promise<UndoResult>;
  /** Returns questions to the pool, also while the page closes. */
  release(labeller: string, questions: readonly string[]): void;
  /** Returns questions to the pool, and resolves when they are there, or cannot be returned now. */
  giveBack(labeller: string, questions: readonly string[]): Promise<void>;
}

/** The queue of the server that the page is from. */
export const serverQueue: QueueApi = {
  async next(body) {
    const response = await post("/next", body);
    // Nothing waits to be stored here: the page says at once that the role does not allow it.
    if (response === null || (isTransient(response) && !isNotAllowed(response))) return retryOf(response);
    if (!response.ok) return await refusalOf(response);
    const value = await bodyOf<{ questions: Question[]; left: Left }>(response);
    return value === null ? { kind: "retry" } : { kind: "questions", ...value };
  },

  async answer(questionId, labeller, answer) {
    const response = await post(`/questions/${encodeURIComponent(questionId)}/answer`, { labeller, answer });
    if (response === null || isToRetry(response)) return retryOf(response);
    if (!response.ok) return await refusalOf(response);
    const value = await bodyOf<{ decision: { id: string }; was_check: Check | null }>(response);
    if (value === null) return { kind: "retry" };
    return { kind: "stored", decisionId: value.decision.id, check: value.was_check };
  },

  async skip(questionId, labeller) {
    const response = await post(`/questions/${encodeURIComponent(questionId)}/skip`, { labeller });
    if (response === null || isToRetry(response)) return retryOf(response);
    return response.ok ? { kind: "skipped" } : await refusalOf(response);
  },

  async undo(decisionId, labeller) {
    const response = await post(`/decisions/${encodeURIComponent(decisionId)}/undo`, { labeller });
    if (response === null || isToRetry(response)) return retryOf(response);
    if (!response.ok) return await refusalOf(response);
    const value = await bodyOf<{ question: Question }>(response);
    return value === null ? { kind: "retry" } : { kind: "undone", question: value.question };
  },

  release(labeller, questions) {
    const body = new Blob([JSON.stringify({ labeller, questions })], { type: "application/json" });
    navigator.sendBeacon(`${BASE}/release`, body);
  },

  async giveBack(labeller, questions) {
    await post("/release", { labeller, questions });
  },
};

function post(path: string, body: unknown): Promise<Response | null> {
  return send("POST", BASE + path, body);
}

/** A question or decision that is gone (404) is gone for good. */
function isToRetry(response: Response): boolean {
  return response.status !== 404 && isTransient(response);
}

async function refusalOf(response: Response): Promise<Refusal> {
  const why = ({ 404: "gone", 409: "taken" } as const)[response.status] ?? "other";
  return { kind: "refused", reason: await reasonOf(response), why };
}
