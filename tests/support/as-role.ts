import { MACHINE } from "../../src/domain/access/identity.ts";
import type { Role } from "../../src/domain/access/role.ts";
import type { AppDeps } from "../../src/http/deps.ts";

/** Makes the header of a program with a role. */
export async function asRole(
  { people }: Pick<AppDeps, "people">,
  role: Role,
): Promise<{ authorization: string }> {
  const name = `${role} ${crypto.randomUUID()}`;
  const { secret } = await people.addToken({ name, role, days: null }, MACHINE);
  return { authorization: `Bearer ${secret}` };
}
