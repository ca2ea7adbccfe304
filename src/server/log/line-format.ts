import {
  getAnsiColorFormatter,
  getTextFormatter,
  type LogRecord,
  type TextFormatter,
} from "@logtape/logtape";
import type { ErrorReport } from "../../lib/error-report.ts";
import type { LogFormat } from "../../lib/log.ts";

/** Returns the function that writes a record as a line. The strings in a record are safe already. */
export function lineFormatter(format: LogFormat, hasColors: boolean): TextFormatter {
  return format === "json" ? jsonLine : textFormatter(hasColors);
}

/** `{"time":…,"level":…,"module":…,"message":…}`, then the fields, then `error`. */
function jsonLine({ timestamp, level, category, message, properties }: LogRecord): string {
  const { fields, error } = properties as unknown as Said;
  const time = new Date(timestamp).toISOString();
  const line = { time, level, module: category[1], message: message.join(""), ...fields };
  return `${JSON.stringify(error === null ? line : { ...line, error })}\n`;
}

/** The properties of our records. */
export interface Said {
  fields: Readonly<Record<string, string | number>>;
  error: ErrorReport | null;
}

/** Local time, level, module, message, `name=value` pairs; an error on indented lines of its own. */
function textFormatter(hasColors: boolean): TextFormatter {
  const make = hasColors ? getAnsiColorFormatter : getTextFormatter;
  return make({
    timestamp: "rfc3339",
    timeZone: null,
    level: (level) => (level === "warning" ? "WARN" : level.toUpperCase()).padEnd(5),
    category: ([, module = ""]) => module,
    format({ timestamp, level, category, message, record }) {
      const { fields, error } = record.properties as unknown as Said;
      const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`);
      const line = `${timestamp} ${level} ${category}: ${message}${pairs.join("")}`;
      return [line, ...(error === null ? [] : errorLines(error, "", "    "))].join("\n");
    },
  });
}

function shown(value: string | number): string {
  return typeof value === "number" || /^[^\s"=\\]+$/.test(value) ? String(value) : JSON.stringify(value);
}

function errorLines(
  { name, message, code, stack, cause, errors }: ErrorReport,
  why: string,
  indent: string,
): string[] {
  const deeper = `${indent}    `;
  return [
    `${indent}${why}${name}${code === undefined ? "" : ` (${code})`}: ${message}`,
    ...stack.map((frame) => `${deeper}${frame}`),
    ...(errors ?? []).flatMap((one) => errorLines(one, "one of: ", deeper)),
    ...(cause === undefined ? [] : errorLines(cause, "caused by: ", indent)),
  ];
}
