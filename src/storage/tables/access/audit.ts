import type { Database } from "bun:sqlite";
import type { AuditQuery, AuditRecord, NewAuditRecord } from "../../../domain/access/audit.ts";
import { encodeActor } from "../../../domain/actor.ts";
import { type RawRow, Row } from "../../row.ts";
import { auditFromRow } from "./access-row.ts";

/** Appends a record within the caller's transaction. @returns its id. */
export function appendRecord(database: Database, record: NewAuditRecord): number {
  const { at, actor, action, target, outcome, detail, address } = record;
  const raw = database
    .query<RawRow, Record<string, string | null>>(
      `INSERT INTO audit (at, actor, action, target, outcome, detail, address)
       VALUES ($at, $actor, $action, $target, $outcome, $detail, $address) RETURNING id`,
    )
    .get({
      ...{ at, actor: encodeActor(actor), action, target, outcome, detail: JSON.stringify(detail), address },
    });
  return new Row("audit", raw ?? {}).integer("id");
}

/** Returns records, newest first. */
export function listRecords(database: Database, { limit, before, actor, action }: AuditQuery): AuditRecord[] {
  const conditions = [
    ...(before === undefined ? [] : ["id < $before"]),
    ...(actor === undefined ? [] : ["actor = $actor"]),
    // "model" matches "model.promote": the next character after "." is "/".
    ...(action === undefined
      ? []
      : ["(action = $action OR (action > $action || '.' AND action < $action || '/'))"]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return database
    .query<RawRow, Record<string, string | number>>(
      `SELECT * FROM audit ${where} ORDER BY id DESC LIMIT $limit`,
    )
    .all({
      limit,
      ...(before !== undefined && { before }),
      ...(actor !== undefined && { actor }),
      ...(action !== undefined && { action }),
    })
    .map(auditFromRow);
}
