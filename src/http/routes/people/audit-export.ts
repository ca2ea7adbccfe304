import type { AccessStore } from "../../../domain/access/access-store.ts";
import type { AuditRecord } from "../../../domain/access/audit.ts";
import { encodeActor } from "../../../domain/actor.ts";
import type { ExportedFile } from "../../../domain/samples/sample-files.ts";
import { auditJson } from "../../api/access/audit-json.ts";

/** Forms in which the audit log is exported. */
export const AUDIT_FORMATS = ["csv", "ndjson"] as const;
/** Records that are in memory at a time. */
const PAGE = 1_000;

const COLUMNS = ["id", "at", "actor", "action", "target", "outcome", "detail", "address"] as const;

/**
 * Exports the audit log as a file that is made while it is sent, newest first; what is recorded meanwhile is not in it.
 * CSV is RFC 4180 with a byte order mark, because Excel would not read UTF-8 without one.
 */
export function exportAudit(
  store: Pick<AccessStore, "audit">,
  format: (typeof AUDIT_FORMATS)[number],
): ExportedFile {
  const isCsv = format === "csv";
  const lineOf = isCsv ? csvLine : (record: AuditRecord) => `${JSON.stringify(auditJson(record))}\n`;
  return {
    name: `tegaki-audit.${format}`,
    contentType: isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson",
    body: pages(store, isCsv ? `\uFEFF${COLUMNS.join(",")}\r\n` : "", lineOf),
  };
}

/** One page at a time, at the pace of the reader. */
function pages(
  store: Pick<AccessStore, "audit">,
  head: string,
  lineOf: (record: AuditRecord) => string,
): ReadableStream<Uint8Array> {
  let before: number | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (head !== "") controller.enqueue(Buffer.from(head));
    },
    async pull(controller) {
      const records = await store.audit({ limit: PAGE, ...(before === undefined ? {} : { before }) });
      const last = records.at(-1);
      if (last === undefined) return controller.close();
      before = last.id;
      controller.enqueue(Buffer.from(records.map(lineOf).join("")));
    },
  });
}

function csvLine(record: AuditRecord): string {
  const { id, at, action, target, outcome, detail, address } = record;
  const cells = [
    ...[String(id), at, encodeActor(record.actor), action, target ?? "", outcome],
    ...[JSON.stringify(detail), address ?? ""],
  ];
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/**
 * Writes a cell. Spreadsheets run what begins as a formula, and a name can be anything, so such a cell gets an apostrophe
 * in front.
 * Source: OWASP, CSV Injection.
 */
export function csvCell(value: string): string {
  const safe = /^[\s\0]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n;\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
