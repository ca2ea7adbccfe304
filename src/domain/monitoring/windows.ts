/** The windows in which monitoring reports, the shortest first. */
export const WINDOWS = ["24h", "7d", "30d", "all"] as const;
/** The name of one window. */
export type MonitorWindow = (typeof WINDOWS)[number];

/** The spans of time that are counted: each prediction is in one bucket of each. */
export const SPANS = ["hour", "day", "all"] as const;
/** The length of one bucket. */
export type Span = (typeof SPANS)[number];

/** Buckets of one length, from `start` on. */
export interface BucketRange {
  span: Span;
  /** The first bucket, as `bucketOf` names it. */
  start: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The name of the bucket of a time: "2026-01-02T03", "2026-01-02" or "" (UTC). They sort by time. */
export function bucketOf(span: Span, iso: string): string {
  if (span === "all") return "";
  return iso.slice(0, span === "hour" ? 13 : 10);
}

/** The time at which a bucket begins, ISO 8601; null for that of all time. */
export function beginOf(bucket: string): string | null {
  if (bucket === "") return null;
  return bucket.length === 13 ? `${bucket}:00:00.000Z` : `${bucket}T00:00:00.000Z`;
}

/** The name of the bucket so many hours or days before another time's. */
export function bucketBefore(span: Span, now: Date, count: number): string {
  return bucketOf(span, new Date(now.getTime() - count * (span === "hour" ? HOUR_MS : DAY_MS)).toISOString());
}

/**
 * The buckets of a window: the current hour and the 23 before it, the current day (UTC) and the 6 or 29 before it, or all
 * time.
 */
export function rangeOf(window: MonitorWindow, now: Date): BucketRange {
  switch (window) {
    case "24h":
      return { span: "hour", start: bucketBefore("hour", now, 23) };
    case "7d":
      return { span: "day", start: bucketBefore("day", now, 6) };
    case "30d":
      return { span: "day", start: bucketBefore("day", now, 29) };
    case "all":
      return { span: "all", start: "" };
  }
}
