import type { WhoProps } from "./who.tsx";

/**
 * The attributes of a field for the name of whoever draws or labels: that of a guest is fixed, that of an account is a
 * proposal, and others have none.
 */
export function ownName(who: WhoProps | undefined): { value?: string; readonly?: true } {
  if (who?.name == null) return {};
  if (who.kind === "guest") return { value: who.name, readonly: true };
  return who.kind === "account" ? { value: who.name } : {};
}
