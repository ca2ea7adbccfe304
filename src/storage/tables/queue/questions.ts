import type { Database } from "bun:sqlite";
import type { Drawing } from "../../../domain/drawing.ts";
import type { Check } from "../../../domain/queue/check-source.ts";
import {
  type NextQuestions,
  QUESTION_KINDS,
  type Question,
  type QuestionKind,
  type QueueAnswer,
} from "../../../domain/queue/question.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import { type RawRow, Row } from "../../row.ts";
import { sampleFromRow } from "../sample-row.ts";
import { stretchesOf } from "./in-order.ts";
import { findDrawing } from "./pool.ts";

/** A question as it is stored. */
export interface StoredQuestion {
  id: string;
  kind: QuestionKind;
  itemId: string;
  expected: QueueAnswer | null;
  labeller: string;
  /** Until when it belongs to the labeller, ms since 1970. */
  expiresMs: number;
}

/** A drawing that belongs to a labeller. */
const LEASED = "EXISTS (SELECT 1 FROM queue_questions q WHERE q.drawing_id = d.id AND q.expires_ms > $nowMs)";
const SKIPPED = "EXISTS (SELECT 1 FROM queue_skips s WHERE s.labeller = $labeller AND s.item_id = d.id)";

type Values = Record<string, string | number | null>;

/** Returns a question; null when there is none, or it was answered. */
export function findQuestion(database: Database, id: string): StoredQuestion | null {
  const raw = database
    .query<RawRow, { id: string }>("SELECT * FROM queue_questions WHERE id = $id")
    .get({ id });
  if (raw === null) return null;
  const row = new Row("queue_questions", raw);
  return {
    id: row.text("id"),
    kind: row.oneOf("kind", QUESTION_KINDS),
    itemId: row.textOrNull("drawing_id") ?? row.text("sample_id"),
    expected: row.jsonOrNull<QueueAnswer>("expected"),
    labeller: row.text("labeller"),
    expiresMs: row.integer("expires_ms"),
  };
}

/** Renews the questions that the labeller holds and nobody else has. */
export function renew(
  database: Database,
  { labeller, holding, leaseMs }: Pick<NextQuestions, "labeller" | "holding" | "leaseMs">,
  nowMs: number,
): void {
  const update = database.query(
    "UPDATE queue_questions SET expires_ms = $expiresMs WHERE id = $id AND labeller = $labeller",
  );
  for (const id of holding) update.run({ id, labeller, expiresMs: nowMs + leaseMs });
}

/**
 * Returns up to `n` drawings that nobody has, in the order: first those that the labeller has not skipped, then the
 * skipped ones, the longest ago first, and at last those that the labeller has, but does not hold.
 */
export function freeDrawings(
  database: Database,
  { order, labeller, live, compared, holding }: NextQuestions,
  n: number,
  nowMs: number,
): string[] {
  const found: string[] = [];
  const take = (sql: string, values: Values) => {
    if (found.length >= n) return;
    const rows = database
      .query<{ id: string }, [Values]>(`${sql} LIMIT ${n - found.length}`)
      .all({ labeller, nowMs, ...values });
    found.push(...rows.map(({ id }) => id));
  };
  for (const { where, orderBy } of stretchesOf(order)) {
    take(
      `SELECT d.id FROM queue_drawings d WHERE d.discarded_at IS NULL AND ${where}
         AND NOT ${LEASED} AND NOT ${SKIPPED} ORDER BY ${orderBy}`,
      { ...(where.includes("$live") && { live }), ...(where.includes("$compared") && { compared }) },
    );
  }
  take(
    `SELECT d.id FROM queue_skips s JOIN queue_drawings d ON d.id = s.item_id
     WHERE s.labeller = $labeller AND d.discarded_at IS NULL AND NOT ${LEASED} ORDER BY s.seq`,
    {},
  );
  take(
    `SELECT d.drawing_id AS id FROM queue_questions d WHERE d.labeller = $labeller AND d.expires_ms > $nowMs
       AND d.kind = 'unlabelled' AND d.id NOT IN (SELECT value FROM json_each($holding)) ORDER BY d.expires_ms`,
    { holding: JSON.stringify(holding) },
  );
  return found;
}

/** Puts a drawing to a labeller. @returns the id of the question. */
export function askDrawing(
  database: Database,
  drawingId: string,
  { labeller, expiresMs }: { labeller: string; expiresMs: number },
): string {
  const row = database
    .query<{ id: string }, Values>(
      `INSERT INTO queue_questions (id, kind, drawing_id, labeller, expires_ms)
       VALUES ($id, 'unlabelled', $drawingId, $labeller, $expiresMs)
       ON CONFLICT (drawing_id) DO UPDATE SET labeller = $labeller, expires_ms = $expiresMs RETURNING id`,
    )
    .get({ id: crypto.randomUUID(), drawingId, labeller, expiresMs });
  return row!.id;
}

/** Puts a sample to a labeller. @returns the id of the question. */
export function askCheck(
  database: Database,
  { kind, sampleId, expected }: Check,
  { labeller, expiresMs }: { labeller: string; expiresMs: number },
): string {
  const row = database
    .query<{ id: string }, Values>(
      `INSERT INTO queue_questions (id, kind, sample_id, expected, labeller, expires_ms)
       VALUES ($id, $kind, $sampleId, $expected, $labeller, $expiresMs)
       ON CONFLICT (sample_id, labeller) DO UPDATE SET kind = $kind, expected = $expected, expires_ms = $expiresMs
       RETURNING id`,
    )
    .get({
      ...{ id: crypto.randomUUID(), kind, sampleId, labeller, expiresMs },
      expected: expected === null ? null : JSON.stringify(expected),
    });
  return row!.id;
}

/** Returns a question with its drawing. */
export function loadQuestion(database: Database, id: string): Question | null {
  const stored = findQuestion(database, id);
  if (stored === null) return null;
  const { kind, itemId } = stored;
  if (kind === "unlabelled") {
    const item = findDrawing(database, itemId);
    if (item === null) return null;
    return { id, kind, itemId, drawing: item.drawing, pixels: item.pixels, scores: item.scores };
  }
  const ink = inkOfSample(database, itemId);
  return ink === null ? null : { id, kind, itemId, ...ink, scores: lastScores(database, itemId) };
}

function inkOfSample(database: Database, id: string): { drawing: Drawing | null; pixels: Uint8Array } | null {
  const raw = database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  if (raw === null) return null;
  const { drawing, pixels } = sampleFromRow(raw);
  return { drawing, pixels };
}

/** The scores that a sample had when it left the pool, if it came from there. */
function lastScores(database: Database, itemId: string): DrawingScores | null {
  const raw = database
    .query<RawRow, { itemId: string }>(
      "SELECT id, scores FROM queue_decisions WHERE item_id = $itemId AND scores IS NOT NULL ORDER BY id DESC LIMIT 1",
    )
    .get({ itemId });
  return raw === null ? null : new Row("queue_decisions", raw).json<DrawingScores>("scores");
}

/** Remembers that a labeller has skipped an item, as the newest of those. */
export function addSkip(database: Database, labeller: string, itemId: string): void {
  database
    .query("DELETE FROM queue_skips WHERE labeller = $labeller AND item_id = $itemId")
    .run({ labeller, itemId });
  database
    .query("INSERT INTO queue_skips (labeller, item_id) VALUES ($labeller, $itemId)")
    .run({ labeller, itemId });
}

/** Returns the samples that a labeller is not to be asked: those that they have now, and those that they have skipped. */
export function samplesWithout(database: Database, labeller: string, nowMs: number): Set<string> {
  const rows = database
    .query<{ id: string }, { labeller: string; nowMs: number }>(
      `SELECT sample_id AS id FROM queue_questions
         WHERE labeller = $labeller AND expires_ms > $nowMs AND sample_id IS NOT NULL
       UNION SELECT item_id FROM queue_skips WHERE labeller = $labeller`,
    )
    .all({ labeller, nowMs });
  return new Set(rows.map(({ id }) => id));
}
