import { expect, test } from "bun:test";
import type { AccessLink } from "../../src/domain/access/link.ts";
import { isOpen } from "../../src/domain/access/link.ts";
import { invitationState } from "../../views/fragments/people/invitations-table.tsx";

const LINK: AccessLink = {
  ...{ id: 1, kind: "invitation", title: "3b", role: "labeller", accountId: null, createdBy: "local" },
  ...{ createdAt: "2026-01-02T03:00:00.000Z", expiresAt: "2026-01-02T07:00:00.000Z" },
  ...{ uses: 0, mostUses: 2, revokedAt: null },
};
const [BEFORE, AT] = ["2026-01-02T06:59:59.999Z", LINK.expiresAt];

test.each([
  ["open", {}, BEFORE],
  ["open", { uses: 1 }, BEFORE],
  ["full", { uses: 2 }, BEFORE],
  ["expired", {}, AT],
  ["expired", { uses: 2 }, AT],
  ["ended", { revokedAt: BEFORE }, BEFORE],
  ["ended", { revokedAt: BEFORE, uses: 2 }, AT],
] as const)(
  "an invitation is %s with %p at %s, and open exactly when people can join",
  (state, change, now) => {
    const link = { ...LINK, ...change };
    expect(invitationState(link, now)).toBe(state);
    expect(isOpen(link, now)).toBe(state === "open");
  },
);
