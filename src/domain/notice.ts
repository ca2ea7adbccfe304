import type { Sentence } from "../lib/saying.ts";
import type { Actor } from "./actor.ts";

/** Something that people should know about, on every page until one of them acknowledges it. */
export interface NewNotice extends Sentence {
  /** A page with more about it, such as "/models/trials". */
  href: string;
}

/** A stored notice. */
export interface Notice extends NewNotice {
  id: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  acknowledgedAt: string | null;
  acknowledgedBy: Actor | null;
}

/** The notices; only the newest are kept. */
export interface NoticeStore {
  /** Shows a notice on every page. */
  add(notice: NewNotice): Promise<void>;
  /** Not yet acknowledged, newest first. */
  open(): Promise<Notice[]>;
  /** @returns null when there is no such notice; one that was acknowledged before is returned unchanged. */
  acknowledge(id: number, by: Actor): Promise<Notice | null>;
}
