import { createPasswords } from "../../../src/access/passwords.ts";
import { createPeople } from "../../../src/access/people.ts";
import { RateLimiter } from "../../../src/access/rate-limiter.ts";
import { MACHINE } from "../../../src/domain/access/identity.ts";
import { systemClock } from "../../../src/lib/clock.ts";
import { openStore } from "../../../src/storage/open.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { send } from "../support/requests.ts";
import { type Row, times } from "../support/row.ts";

const PER_MINUTE = 60;
const MOST_KEYS = 100_000;

/** Row 19: one client that labels as fast as it can, twenty people behind one address, and a flood of addresses. */
export const limits: Row = {
  row: 19,
  property: "New drawings are limited, a class behind one address is not",
  quick: "tests/http/access/drawing-limits.test.ts",
  boundSeconds: 180,
  missing: () => null,
  async run(place, tally, scale) {
    const project = await place.project();
    const { url } = await place.serve(project);
    const store = await openStore({
      ...{ path: `${project.dir}/data/tegaki.db`, clock: systemClock, holdoutFraction: 0.2 },
    });
    place.later(() => store.close());
    const people = createPeople({
      ...{ store: store.access, clock: systemClock, monotonicMs: () => performance.now() },
      passwords: createPasswords(),
    });
    let seed = 0;
    const token = async () => {
      const name = `app ${crypto.randomUUID()}`;
      const { secret } = await people.addToken({ name, role: "labeller", days: null }, MACHINE);
      return { authorization: `Bearer ${secret}` };
    };
    const draw = async (headers: Record<string, string>) => {
      const body = { ...drawingOf(seed % 10, ++seed), label: String(seed % 10) };
      return (await send(url, "POST", "/api/v1/samples", body, headers)).status;
    };

    const greedy = await token();
    const startMs = performance.now();
    const statuses: number[] = [];
    for (let i = 0; i < times(1_000, scale, 100); i++) statuses.push(await draw(greedy));
    const minutes = (performance.now() - startMs) / 60_000;
    const stored = statuses.filter((status) => status === 201).length;
    const most = Math.ceil(PER_MINUTE * (1 + minutes));
    tally.expect(stored <= most, `one session stored ${stored} drawings, limit ${most}`);
    tally.expect(
      stored >= PER_MINUTE,
      `one session stored ${stored} drawings, expected at least ${PER_MINUTE}`,
    );
    tally.lost(statuses.filter((status) => status !== 201 && status !== 429).length, "had another status");
    tally.figure(
      `one session sent ${statuses.length} in ${(minutes * 60).toFixed(1)} s: ${stored} stored, the others 429`,
    );

    const class20 = await Promise.all(Array.from({ length: 20 }, token));
    const perPerson = times(40, scale, 4);
    const answers = await Promise.all(
      class20.flatMap((one) => Array.from({ length: perPerson }, () => draw(one))),
    );
    tally.lost(answers.filter((status) => status !== 201).length, "drawings of a class of 20 were refused");
    tally.figure(`20 people behind one address: ${answers.length} drawings`);

    const limiter = new RateLimiter();
    for (let i = 0; i < 3 * MOST_KEYS; i++) limiter.take(`address ${i}`, { perMinute: 1 }, i);
    tally.expect(limiter.size === MOST_KEYS, `${limiter.size} keys are remembered, limit ${MOST_KEYS}`);
    tally.figure(`${3 * MOST_KEYS} addresses, ${limiter.size} remembered`);
  },
};
