import type { Actor } from "../actor.ts";

/** Something that someone did. */
export interface NewAuditRecord {
  readonly at: string;
  readonly actor: Actor;
  /** Such as "model.promote" or "session.start": the thing, and what was done to it. */
  readonly action: string;
  /** The thing that it was done to, such as "12" for a model version; null when there is only one. */
  readonly target: string | null;
  /** Whether it was done; a refusal of a password is recorded, too. */
  readonly outcome: "done" | "refused";
  /** More about it; never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** The address from which the request came; null for a command. */
  readonly address: string | null;
}

/** A stored record. */
export interface AuditRecord extends NewAuditRecord {
  /** Increases by one with each record, so that a missing one is noticed. */
  readonly id: number;
}

/** Which records to return. */
export interface AuditQuery {
  readonly limit: number;
  /** Only records before this id. */
  readonly before?: number;
  /** Only of this actor, in the form of `encodeActor`. */
  readonly actor?: string;
  /** Only actions of this kind: "model" for all of models, or a whole action. */
  readonly action?: string;
}
