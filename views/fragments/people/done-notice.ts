import type { Text } from "../../i18n/text.ts";
import type { NoticeProps } from "../notice.tsx";

const DONE = ["role", "disable", "enable", "remove", "session", "token", "invitation"] as const;

/** The notice of what a form has done; null for nothing, and for a value that is not known. */
export function doneNotice({ t }: Text, done: string | null): NoticeProps | null {
  const known = DONE.find((one) => one === done);
  return known === undefined ? null : { kind: "done", message: t(`people.done.${known}`) };
}
