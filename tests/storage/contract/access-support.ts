import type { AccessStore } from "../../../src/domain/access/access-store.ts";
import type { NewAuditRecord } from "../../../src/domain/access/audit.ts";
import type { Role } from "../../../src/domain/access/role.ts";
import { FakeClock } from "../helpers.ts";
import type { Implementation } from "./implementations.ts";

/** Milliseconds of an hour. */
export const HOUR_MS = 3_600_000;

/** A store of who may do what, with a clock and short forms of what tests need. */
export async function accessStore(open: Implementation["open"]) {
  const clock = new FakeClock();
  const whole = await open(clock);
  const store: AccessStore = whole.access;
  const inHours = (hours: number) => new Date(clock.timeMs + hours * HOUR_MS).toISOString();
  let secrets = 0;
  const secret = () => `hash-${++secrets}`;
  return {
    clock,
    store,
    inHours,
    wait: (ms: number) => {
      clock.timeMs += ms;
    },
    add: (name: string, role: Role = "labeller", passwordHash: string | null = "p") =>
      store.addAccount({ name, role, passwordHash }),
    async session(accountId: number, hours = 24) {
      const secretHash = secret();
      const browser = { agent: "Test", address: "192.0.2.7" };
      const id = await store.startSession({ secretHash, accountId, expiresAt: inHours(hours), ...browser });
      return { id, secretHash };
    },
    async token(accountId: number | null, name = "ci", role: Role = "viewer", hours: number | null = null) {
      const secretHash = secret();
      const expiresAt = hours === null ? null : inHours(hours);
      return { token: await store.addToken({ secretHash, name, role, accountId, expiresAt }), secretHash };
    },
    async link(kind: "admin" | "account" | "invitation", accountId: number | null = null, mostUses = 1) {
      const secretHash = secret();
      const role: Role = kind === "admin" ? "admin" : "labeller";
      const title = kind === "invitation" ? "Class 3b" : null;
      const made = {
        secretHash,
        kind,
        title,
        role,
        accountId,
        createdBy: "local",
        expiresAt: inHours(4),
        mostUses,
      };
      return { link: await store.addLink(made), secretHash };
    },
    guest: (secretHash: string, name: string) =>
      store.useInvitation(secretHash, { name, sessionHash: secret(), agent: null, address: null }),
  };
}

/** A record, different from others by what is given. */
export function record(change: Partial<NewAuditRecord> = {}): NewAuditRecord {
  return {
    ...{ at: "2026-01-02T03:04:05.000Z", actor: { kind: "session", name: "Ann" }, action: "model.promote" },
    ...{ target: "7", outcome: "done", detail: {}, address: null, ...change },
  };
}
