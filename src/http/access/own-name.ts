import type { Context } from "hono";
import { identityOf } from "./identity.ts";

/**
 * Returns who labels: someone who has logged in, or come by an invitation, by that name, whatever the request says, so that
 * nobody answers in somebody else's name. A program acts for the people that it names, and so does this machine.
 */
export function labellerNamed(c: Context, given: string): string {
  const { kind, name } = identityOf(c);
  return name !== null && (kind === "account" || kind === "guest") ? name : given;
}

/** Returns who draws: a guest by the name that was given on entering. Others may draw for several people. */
export function writerNamed(c: Context, given: string | undefined): string | undefined {
  const { kind, name } = identityOf(c);
  return kind === "guest" && name !== null ? name : given;
}

/** Returns the input of a prediction with the writer that `writerNamed` says. */
export function asWriter<I extends { writer?: string | undefined }>(c: Context, input: I): I {
  const writer = writerNamed(c, input.writer);
  return writer === undefined ? input : { ...input, writer };
}
