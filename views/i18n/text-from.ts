import type { Language } from "../../src/lib/languages.ts";
import type { MessageKey } from "./en.ts";
import { fill } from "./fill.ts";
import { numberText } from "./number-text.ts";
import { percentText } from "./percent.ts";

/** Texts, numbers and dates for one reader: language and time zone. */
export interface Text {
  language: Language;
  /** The text of `key` with `{name}` replaced by `values.name`. */
  t(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number, digits?: number): string;
  /** 0..1 as a percentage, cut: 99.96 % never reads as 100 %. One decimal place by default. */
  percent(share: number, digits?: number): string;
  /** "640 B", "12.3 kB", "4.5 MB"; 1 kB is 1,000 bytes. */
  bytes(count: number): string;
  /** Date and time to the minute. */
  dateTime(iso: string): string;
  /** Time of day to the second. */
  time(iso: string): string;
  /** "4.2 s", "3 min 20 s", "1 h 05 min". */
  duration(ms: number): string;
  /** All texts whose key starts with the prefix, with placeholders unfilled, for the page's script. */
  withPrefix(prefix: string): Record<string, string>;
}

/**
 * Texts in a language, from the messages that are given: a page's script has only those that it shows.
 *
 * @param messages by key; a missing one is shown as its key.
 * @param timeZone an IANA name; an unknown one counts as UTC.
 */
export function textFrom(
  messages: Readonly<Record<string, string>>,
  language: Language,
  timeZone = "UTC",
): Text {
  const zone = knownZone(timeZone);
  const dateTimeFormat = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: zone,
  });
  const timeFormat = new Intl.DateTimeFormat(language, {
    timeStyle: "medium",
    hour12: false,
    timeZone: zone,
  });
  const number = (value: number, digits = 0) => numberText(value, language, digits);
  return {
    language,
    t: (key, values) => fill(messages[key] ?? key, values),
    number,
    percent: (share, digits) => percentText(share, language, digits),
    bytes: (count) => {
      const power = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
      return `${number(count / 1000 ** power, power === 0 ? 0 : 1)} ${["B", "kB", "MB", "GB"][power]}`;
    },
    dateTime: (iso) => dateTimeFormat.format(new Date(iso)),
    time: (iso) => timeFormat.format(new Date(iso)),
    duration: (ms) => formatDuration(ms, number, language),
    withPrefix: (prefix) =>
      Object.fromEntries(Object.entries(messages).filter(([key]) => key.startsWith(prefix))),
  };
}

function formatDuration(
  ms: number,
  number: (v: number, digits?: number) => string,
  language: Language,
): string {
  const [h, min, s] = language === "ja" ? [" 時間", " 分", " 秒"] : [" h", " min", " s"];
  const seconds = ms / 1000;
  if (seconds < 60) return `${number(seconds, seconds < 10 ? 1 : 0)}${s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${min} ${Math.floor(seconds % 60)}${s}`;
  return `${Math.floor(minutes / 60)}${h} ${minutes % 60}${min}`;
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
