import { createPasswords } from "../../../src/access/passwords.ts";
import { createPeople } from "../../../src/access/people.ts";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { ROLES, type Role } from "../../../src/domain/access/role.ts";
import { RULES } from "../../../src/http/access/rules.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { openStore } from "../../../src/storage/open.ts";
import type { Project } from "../support/place.ts";
import { send } from "../support/requests.ts";
import type { Row } from "../support/row.ts";

const PASSWORD = "four words of iron";
const WRONG_A_MINUTE = 10;

/** Row 18: what needs credentials, at the executable: as nobody, through a proxy, in each role, with wrong passwords. */
export const access: Row = {
  row: 18,
  property: "Administration needs credentials beyond this machine",
  quick: "tests/http/access/roles.test.ts",
  boundSeconds: 180,
  missing: () => null,
  async run(place, tally) {
    const project = await place.project();
    const { url } = await place.serve(project);
    const tokens = await letIn(project);
    const changing = [...RULES].filter(([route, { needs }]) => needs === "admin" && !route.startsWith("GET"));
    const below = ROLES.filter((role) => role !== "admin");
    let refused = 0;
    for (const [route] of changing) {
      const [method = "", pattern = ""] = route.split(" ");
      const path = pattern.replaceAll(/:\w+(?:\{[^/]*\})?/g, "1");
      const asNobody = await send(url, method, path, undefined, { "x-forwarded-for": "203.0.113.9" });
      tally.expect(asNobody.status === 401, `${route} through a proxy is ${asNobody.status}`);
      for (const role of below) {
        const { status } = await send(url, method, path, undefined, bearer(tokens[role]));
        tally.expect(status === 403, `${route} is ${status} for role ${role}`);
        refused++;
      }
      refused++;
    }
    tally.figure(`${changing.length} routes of admins, ${refused} requests refused`);
    await wrongPasswords(url, tally);
  },
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Makes an account and a token of each role, next to the running server. */
async function letIn(project: Project): Promise<Record<Role, string>> {
  const path = `${project.dir}/data/tegaki.db`;
  const store = await openStore({ path, clock: systemClock, holdoutFraction: 0.2 });
  try {
    const people = createPeople({
      ...{ store: store.access, clock: systemClock, monotonicMs: () => performance.now() },
      passwords: createPasswords(),
    });
    const { secret } = await people.addAccount({ name: "Ann", role: "admin" }, MACHINE);
    await people.choosePassword(secret, PASSWORD, { address: null, agent: null });
    const made = ROLES.map(async (role) => {
      const token = await people.addToken({ name: role, role, days: null }, MACHINE);
      return [role, token.secret] as const;
    });
    return Object.fromEntries(await Promise.all(made)) as Record<Role, string>;
  } finally {
    await store.close();
  }
}

/** Many at once from one address: ten are refused as wrong, all others, the right one too, for a while. */
async function wrongPasswords(url: string, tally: Parameters<Row["run"]>[1]): Promise<void> {
  const logIn = async (password: string) => {
    const body = new URLSearchParams({ name: "Ann", password });
    const response = await fetch(`${url}/log-in`, {
      ...{ method: "POST", body, redirect: "manual", headers: { "x-forwarded-for": "203.0.113.9" } },
    });
    await response.arrayBuffer();
    return response.status;
  };
  const statuses = await Promise.all(Array.from({ length: 60 }, (_, i) => logIn(`wrong words ${i}`)));
  const wrong = statuses.filter((status) => status === 401).length;
  tally.expect(
    wrong === WRONG_A_MINUTE,
    `${wrong} of 60 wrong passwords at once were tried, limit ${WRONG_A_MINUTE}`,
  );
  const right = await logIn(PASSWORD);
  tally.expect(right === 429, `the right password after that is ${right}`);
  tally.figure(`60 wrong passwords at once: ${wrong} tried, the others 429`);
}
