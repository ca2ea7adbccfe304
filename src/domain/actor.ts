import * as v from "valibot";

/** The kinds of those who change something. */
export const ACTOR_KINDS = ["local", "session", "token", "schedule", "command_line"] as const;

/**
 * Who changed something; every write records it. `local`: a program or person on this machine, through the page or the
 * API. `session`: a visitor of an open server. `token`: a program with an access token. `schedule`: the server on
 * its own. `command_line`: a command of this program.
 */
export interface Actor {
  readonly kind: (typeof ACTOR_KINDS)[number];
  /** The account, session, token or user; null when nothing is known. */
  readonly name: string | null;
}

/** The server on its own: its scheduler, its gate, its trials. */
export const SCHEDULE: Actor = { kind: "schedule", name: null };
/** A command of this program. */
export const COMMAND_LINE: Actor = { kind: "command_line", name: null };
/** A program or person on this machine. */
export const LOCAL: Actor = { kind: "local", name: null };

/** An actor as the API sends it. */
export const ActorSchema = v.object({ kind: v.picklist(ACTOR_KINDS), name: v.nullable(v.string()) });

/** Returns the form in which the store keeps an actor: "local", or "session:3f2a". */
export function encodeActor({ kind, name }: Actor): string {
  return name === null ? kind : `${kind}:${name}`;
}

/** The inverse of `encodeActor`. @returns null for null, and for what no actor is encoded as. */
export function decodeActor(stored: string | null): Actor | null {
  if (stored === null) return null;
  const colon = stored.indexOf(":");
  const kind = ACTOR_KINDS.find((one) => one === (colon < 0 ? stored : stored.slice(0, colon)));
  return kind === undefined ? null : { kind, name: colon < 0 ? null : stored.slice(colon + 1) };
}
