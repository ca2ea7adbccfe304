import type { Database } from "bun:sqlite";
import { encodeActor } from "../../../domain/actor.ts";
import type { AddOutcome, NewQueueDrawing, QueueDrawing } from "../../../domain/queue/queue-drawing.ts";
import type { Clock } from "../../../lib/clock.ts";
import { isId, nextId } from "../../ids.ts";
import type { RawRow } from "../../row.ts";
import { isForgotten } from "../lineage/forgotten-drawings.ts";
import { type EncodedInk, encodeInk } from "../sample-insert.ts";
import { findTwin } from "../sample-twin.ts";
import { drawingFromRow, scoreColumns } from "./queue-row.ts";

const INSERT = `
  INSERT INTO queue_drawings (id, identity, drawing, pixels, preprocessing, writer, session, source, actor, created_at,
    action_id, version, label, p, second_label, second_p, is_none, least_confidence, margin, entropy, compared,
    disagreement)
  VALUES ($id, $identity, $drawing, $pixels, $preprocessing, $writer, $session, $source, $actor, $createdAt,
    $action, $version, $label, $p, $secondLabel, $secondP, $isNone, $leastConfidence, $margin, $entropy, $compared,
    $disagreement)`;

/** Adds a drawing to the pool unless it is known, within the caller's transaction. */
export function addDrawing(
  database: Database,
  clock: Clock,
  drawing: NewQueueDrawing,
  action: number | null,
): AddOutcome {
  const ink = encodeInk(drawing);
  if (isForgotten(database, ink.identity)) return { result: "forgotten" };
  const sample = findTwin(database, ink.identity);
  if (sample !== null) return { result: "labelled", id: sample.id };
  const twin = database
    .query<{ id: string; discarded_at: string | null }, { identity: Uint8Array }>(
      "SELECT id, discarded_at FROM queue_drawings WHERE identity = $identity",
    )
    .get({ identity: ink.identity });
  if (twin !== null) return { result: twin.discarded_at === null ? "known" : "discarded", id: twin.id };
  const id = drawing.id === undefined || isTaken(database, drawing.id) ? newId(database, clock) : drawing.id;
  const { createdAt = clock.now().toISOString() } = drawing;
  insertDrawing(database, { ...drawing, id, createdAt, scores: null }, ink, action);
  return { result: "added", id };
}

/** Inserts a drawing that is not in the pool. */
export function insertDrawing(
  database: Database,
  { id, preprocessing, writer, session, source, actor, createdAt, scores }: QueueDrawing,
  ink: EncodedInk,
  action: number | null,
): void {
  database.query(INSERT).run({
    ...{ id, preprocessing, writer, session, source, createdAt, action, ...ink },
    actor: actor === null ? null : encodeActor(actor),
    ...scoreColumns(scores),
  });
}

/** Returns a drawing of the pool, also a discarded one. */
export function findDrawing(database: Database, id: string): QueueDrawing | null {
  const raw = database
    .query<RawRow, { id: string }>("SELECT * FROM queue_drawings WHERE id = $id")
    .get({ id });
  return raw === null ? null : drawingFromRow(raw);
}

/** Whether a drawing or a sample has this id. */
function isTaken(database: Database, id: string): boolean {
  return (
    database
      .query<unknown, { id: string }>(
        "SELECT 1 FROM queue_drawings WHERE id = $id UNION ALL SELECT 1 FROM samples WHERE id = $id",
      )
      .get({ id }) !== null
  );
}

/** Returns an id after those of the pool. */
function newId(database: Database, clock: Clock): string {
  const row = database.query<{ id: string | null }, []>("SELECT max(id) AS id FROM queue_drawings").get();
  const greatest = row?.id ?? null;
  return nextId(clock, greatest !== null && isId(greatest) ? greatest : null);
}
